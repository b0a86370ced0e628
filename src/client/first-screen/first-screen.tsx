// Built by itself for the server, which fills the survey's page with it: the same views that the scripts then take over.
import type { Channel } from '#core/contract/channel.ts';
import type { PageData, RenderFirstScreen } from '#core/contract/page-data.ts';
import { questionsOf } from '#core/flow/steps.ts';
import { createTexts, type Texts } from '../i18n/texts.ts';
import { App } from '../survey/app.tsx';
import { atStep, beginAnswering } from '../survey/answering.ts';
import type { Screen } from '../survey/screen.ts';
import { SurveyContext, type SurveyTools } from '../survey/survey-context.ts';
import { BEGUN, FIRST_QUESTION, RENDERED } from '../survey/take-over.ts';
import { inertTools, neverFetched } from './inert-tools.tsx';
import { renderToHtml } from './render-to-html.ts';
import { LanguageWishes, wishBoxes } from './wished-language.tsx';

/** `ways`: what stands in the place of what needs the scripts. */
function appHtml(
  texts: Texts,
  screen: Screen,
  channel: Channel | null,
  ways: Pick<SurveyTools, 'startWay' | 'languageWay'>,
): string {
  const path = channel ? `/s/${channel.code}` : '/';
  const tools: SurveyTools = {
    ...inertTools(texts, screen, path),
    ...ways,
  };
  const html = renderToHtml(<App />, { of: SurveyContext, value: tools });
  // None of them does anything before the scripts come.
  return html.replaceAll('<button', '<button disabled');
}

/** Where there is a form to fill in, a browser without scripts is there by itself before it reads this. */
const NO_SCRIPT = [
  '<noscript>',
  '<p lang="th">แบบประเมินนี้ต้องเปิดใช้ JavaScript ในเบราว์เซอร์ หรือเปิดจากลิงก์ใต้ QR</p>',
  '<p lang="en">Please turn on JavaScript in your browser, or open the address under the QR code.</p>',
  '<p lang="zh">请在浏览器中启用 JavaScript，或打开二维码下方的网址。</p>',
  '<p lang="my">ဘရောက်ဆာတွင် JavaScript ကို ဖွင့်ပါ သို့မဟုတ် QR ကုဒ်အောက်ရှိ လိပ်စာကို ဖွင့်ပါ။</p>',
  '</noscript>',
].join('');

const EMPTY = '<div id="app"></div>';

/** The notice, and behind it, where nothing else has to be asked before, the first question. */
function openScreens(texts: Texts, channel: Channel): string {
  const { t, language } = texts;
  const answering = beginAnswering(channel, null, 0);
  const [first] = questionsOf(channel);
  // A code of one's own may have come behind the #, which no server hears of: only the scripts know what to begin with.
  const canBegin = channel.admission === 'open' && first !== undefined;
  const languageWay = <LanguageWishes label={t('language.label')} shown={language.value} />;
  const startWay = (
    <label for={BEGUN} class="button button-primary">
      {t('notice.start')}
    </label>
  );
  const ways = { languageWay, ...(canBegin && { startWay }) };
  const notice = appHtml(texts, { kind: 'answering', answering }, channel, ways);
  const boxes = wishBoxes(language.value);
  const shown = `<div id="app" ${RENDERED}="/s/${channel.code}/form">${notice}</div>`;
  if (!canBegin) return boxes + shown;
  const asked: Screen = { kind: 'answering', answering: atStep(answering, first, false, 0) };
  return [
    boxes,
    `<input type="checkbox" id="${BEGUN}" class="visually-hidden" autocomplete="off">`,
    shown,
    `<div id="${FIRST_QUESTION}" ${RENDERED}="/s/${channel.code}/form">${appHtml(texts, asked, channel, { languageWay })}</div>`,
  ].join('');
}

function screensOf({ language, texts: words, channel }: PageData): string {
  if (channel.state === 'none') return EMPTY;
  const instrument = channel.state === 'found' ? channel.channel.instrument.id : null;
  const texts = createTexts({ language, texts: words, instrument }, neverFetched);
  const message = (screen: Screen, of: Channel | null) =>
    `<div id="app">${appHtml(texts, screen, of, {})}</div>`;
  if (channel.state === 'problem')
    return message({ kind: 'problem', code: channel.code, problem: channel.problem }, null);
  const found = channel.channel;
  if (found.state === 'closed') return message({ kind: 'closed', channel: found }, found);
  return openScreens(texts, found);
}

/**
 * What stands in the page's body: the first screen, and behind it, where that may be, the first question, which a tap on Start
 * uncovers without a script and which keeps what is chosen.
 */
export const renderFirstScreen: RenderFirstScreen = (data) =>
  (data.channel.state === 'none' ? NO_SCRIPT : '') + screensOf(data);
