// The whole questionnaire as a form that a browser sends without any script, of the survey's own parts.
import type { Channel } from '#core/contract/channel.ts';
import { LANGUAGES } from '#core/contract/language.ts';
import type {
  PlainCodeTrouble,
  PlainForm,
  PlainThanks,
  PlainTrouble,
} from '#core/contract/plain-form.ts';
import { emptyDraft } from '#core/flow/draft.ts';
import { questionsOf, stepName, type Question } from '#core/flow/steps.ts';
import { inDigitsOf } from '../i18n/digits.ts';
import { LANGUAGE_NAMES } from '../i18n/language-names.ts';
import { createTexts, type Texts, type Translate } from '../i18n/texts.ts';
import { ChoiceList } from '../survey/choice-list.tsx';
import { Complaints } from '../survey/complaints.tsx';
import { Asker, NoticeWords } from '../survey/notice-screen.tsx';
import { NegativeMark } from '../survey/marks.tsx';
import { PrivacyLink } from '../survey/privacy-link.tsx';
import { isGradedQuestion } from '../survey/question-screen.tsx';
import { SurveyContext } from '../survey/survey-context.ts';
import { choicesOf, fullQuestion, isNegative, shortQuestion } from '../survey/words.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { inertTools, neverFetched } from './inert-tools.tsx';
import { renderToHtml } from './render-to-html.ts';

interface PartProps {
  form: PlainForm;
  texts: Texts;
}

const pathOf = ({ code }: Channel) => `/s/${code}/form`;

/** Each sends the form that it stands in, which comes back in that language with its answers. */
function Languages({ texts }: { texts: Texts }) {
  const { t, language } = texts;
  return (
    <div class="survey-header">
      {/* Enter in a field presses a form's first button: that is to be Send. */}
      <button class="visually-hidden" tabIndex={-1} aria-hidden="true" />
      <fieldset class="language-switch">
        <legend class="visually-hidden">{t('language.label')}</legend>
        {LANGUAGES.map((each) => (
          <button
            key={each}
            lang={each}
            class="language"
            name="switch"
            value={each}
            aria-pressed={each === language.value}
          >
            {LANGUAGE_NAMES[each]}
          </button>
        ))}
      </fieldset>
    </div>
  );
}

/** What stands before a question, and before the link that leads to it. */
const numberOf = (index: number, { language }: Texts) =>
  inDigitsOf(language.value, `${index + 1}.`);

const codeWords = (t: Translate, trouble: PlainCodeTrouble) =>
  t([`ownCode.${trouble}`, `problems:${trouble}`]);

function Trouble({ trouble, form, texts }: PartProps & { trouble: PlainTrouble }) {
  const { t } = texts;
  if (trouble.kind === 'not-taken') return <Banner tone="trouble">{t('plain.notTaken')}</Banner>;
  const { code, missing } = trouble;
  return (
    <Banner tone="trouble">
      {code && (
        <p>
          <a class="link-row" href="#code">
            {codeWords(t, code)}
          </a>
        </p>
      )}
      {missing.length > 0 && (
        <>
          <p>{t('plain.missing', { count: missing.length })}</p>
          <ul class="review-list">
            {questionsOf(form.channel).map(
              (question, index) =>
                missing.includes(stepName(question)) && (
                  <li key={stepName(question)}>
                    <a class="link-row" href={`#${stepName(question)}`}>
                      {numberOf(index, texts)} {shortQuestion(t, form.channel, question)}
                    </a>
                  </li>
                ),
            )}
          </ul>
        </>
      )}
    </Banner>
  );
}

function CodeField({ form, texts }: PartProps) {
  const { t } = texts;
  const trouble = form.trouble?.kind === 'incomplete' ? form.trouble.code : null;
  return (
    <>
      <label class="text-label" for="code">
        {t('ownCode.label')}
      </label>
      <p class="soft" id="code-hint">
        {t('ownCode.hint')} {t('ownCode.why')}
      </p>
      {trouble && (
        <p class="field-trouble" id="code-trouble">
          {codeWords(t, trouble)}
        </p>
      )}
      <input
        id="code"
        class="code-field"
        type="text"
        name="code"
        maxLength={40}
        autoComplete="off"
        autoCapitalize="characters"
        spellcheck={false}
        value={form.code}
        aria-invalid={trouble !== null}
        aria-describedby={trouble ? 'code-hint code-trouble' : 'code-hint'}
      />
    </>
  );
}

/** The option on record as the list of answers wants it. */
function chosenIn({ chosen }: PlainForm, name: string): number | null | undefined {
  const option = chosen[name];
  if (option === undefined) return undefined;
  return option === '' ? null : Number(option);
}

const nothing = () => undefined;

function PlainQuestion({
  form,
  texts,
  question,
  index,
}: PartProps & { question: Question; index: number }) {
  const { t } = texts;
  const { channel, trouble } = form;
  const name = stepName(question);
  const choices = choicesOf(texts, channel, question);
  return (
    <>
      <div class={isNegative(question) ? 'question question-negative' : 'question'} id={name}>
        {isNegative(question) && (
          <p class="negative-label">
            <NegativeMark />
            {t('question.negative')}
          </p>
        )}
        <h2 class="arrival-heading" data-size="smaller">
          {numberOf(index, texts)} {fullQuestion(t, channel, emptyDraft(channel), question)}
        </h2>
      </div>
      {trouble?.kind === 'incomplete' && trouble.missing.includes(name) && (
        <p class="field-trouble">{t('question.choose')}</p>
      )}
      <ChoiceList
        label={t('question.answers', { question: shortQuestion(t, channel, question) })}
        name={name}
        choices={choices}
        chosen={chosenIn(form, name)}
        isGraded={isGradedQuestion(question, choices)}
        onChoose={nothing}
        onTap={nothing}
      />
    </>
  );
}

function PlainFormPage({ form, texts }: PartProps) {
  const { t } = texts;
  const { channel, trouble } = form;
  return (
    // All of it: the oldest browsers, which come here, know no button that belongs to a form elsewhere.
    <form id="app" method="post" action={pathOf(channel)} autoComplete="off">
      <Languages texts={texts} />
      <div class="page">
        <main class="page-content">
          <Asker channel={channel} />
          <h1 class="arrival-heading">{t('notice.heading')}</h1>
          {trouble ? (
            <Trouble trouble={trouble} form={form} texts={texts} />
          ) : (
            <>
              <NoticeWords channel={channel} />
              <PrivacyLink />
              <p class="soft">{t('plain.note')}</p>
            </>
          )}
          <input type="hidden" name="id" value={form.id} />
          <input type="hidden" name="lang" value={form.language} />
          {channel.admission === 'code' && <CodeField form={form} texts={texts} />}
          {questionsOf(channel).map((question, index) => (
            <PlainQuestion
              key={stepName(question)}
              form={form}
              texts={texts}
              question={question}
              index={index}
            />
          ))}
          <p class="soft">{t('plain.ifGone')}</p>
          <Button kind="primary" type="submit">
            {t('review.send')}
          </Button>
        </main>
      </div>
    </form>
  );
}

function PlainThanksPage({ texts, thanks }: { texts: Texts; thanks: PlainThanks }) {
  const { t, language } = texts;
  const { channel, wasSentBefore } = thanks;
  return (
    <div id="app">
      <main class="page-content">
        <Asker channel={channel} />
        <h1 class="arrival-heading">{t('finished.thanks')}</h1>
        <p>{wasSentBefore ? t('plain.sentBefore') : t('finished.sentText')}</p>
        <p class="soft">{t('finished.anonymous')}</p>
        <Complaints channels={channel.complaints ?? []} />
        <PrivacyLink />
        <p class="page-link">
          <a href={`${pathOf(channel)}?lang=${language.value}`}>{t('finished.again')}</a>
        </p>
      </main>
    </div>
  );
}

function textsOf({ language, texts, channel }: PlainForm | PlainThanks): Texts {
  return createTexts({ language, texts, instrument: channel.instrument.id }, neverFetched);
}

const contextOf = (texts: Texts, channel: Channel) => ({
  of: SurveyContext,
  value: inertTools(texts, { kind: 'loading' }, pathOf(channel)),
});

export function renderPlainForm(form: PlainForm): string {
  const texts = textsOf(form);
  return renderToHtml(<PlainFormPage form={form} texts={texts} />, contextOf(texts, form.channel));
}

export function renderPlainThanks(thanks: PlainThanks): string {
  const texts = textsOf(thanks);
  return renderToHtml(
    <PlainThanksPage texts={texts} thanks={thanks} />,
    contextOf(texts, thanks.channel),
  );
}
