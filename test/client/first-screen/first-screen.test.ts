import { describe, expect, test, vi } from 'vitest';
import { renderFirstScreen } from '#client/first-screen/first-screen.tsx';
import { LANGUAGE_NAMES } from '#client/i18n/language-names.ts';
import { createTexts } from '#client/i18n/texts.ts';
import { fullQuestion } from '#client/survey/words.ts';
import type { Channel } from '#core/contract/channel.ts';
import { LANGUAGES, type Language } from '#core/contract/language.ts';
import type { PageData } from '#core/contract/page-data.ts';
import { emptyDraft } from '#core/flow/draft.ts';
import { questionsOf } from '#core/flow/steps.ts';
import { channelOf } from '../../core/flow/channels.ts';
import { loadTexts } from '../survey/respondent.ts';

// As the build for the server does it.
vi.mock('preact/hooks', () => import('#client/first-screen/once-hooks.ts'));

const EIT = 'eit-2567';
const IIT = 'iit-2567';

async function pageOf(language: Language, channel: PageData['channel']): Promise<PageData> {
  const instrument = channel.state === 'found' ? channel.channel.instrument.id : null;
  return { language, texts: await loadTexts(language, instrument), channel };
}

async function htmlOf(channel: Channel, language: Language = 'th'): Promise<string> {
  return renderFirstScreen(await pageOf(language, { state: 'found', channel }));
}

async function wordsFor({ instrument }: Channel, language: Language) {
  const texts = await loadTexts(language, instrument.id);
  return createTexts({ language, texts, instrument: instrument.id }, loadTexts).t;
}

const escaped = (text: string) => text.replace(/[&<>"']/g, (one) => `&#${one.codePointAt(0)};`);

/** The roots that the scripts may take over, by their id. */
const rootOf = (html: string, id: string) =>
  html
    .split(/(?=<div id="(?:app|first-question)")/)
    .find((part) => part.startsWith(`<div id="${id}"`));

describe.each(LANGUAGES)('in %s', (language) => {
  test.each([EIT, IIT] as const)(
    '%s begins with its notice, and the first question is behind it',
    async (instrument) => {
      const channel = channelOf(instrument);
      const html = await htmlOf(channel, language);
      const t = await wordsFor(channel, language);
      const notice = rootOf(html, 'app') ?? '';
      expect(notice).toContain(escaped(t('notice.heading')));
      expect(notice).toContain(
        `<label for="begun" class="button button-primary">${escaped(t('notice.start'))}</label>`,
      );
      const [first] = questionsOf(channel);
      if (!first) throw new Error('no question');
      const question = rootOf(html, 'first-question') ?? '';
      expect(question).toContain(escaped(fullQuestion(t, channel, emptyDraft(channel), first)));
      expect(question.match(/<input type="radio"/g)?.length).toBeGreaterThan(1);
    },
  );
});

test('nothing that needs a script can be pressed, Enter in the form included', async () => {
  const html = await htmlOf(channelOf(EIT));
  // In both screens: what hides all; in the question: back and on.
  expect(html.match(/<button/g)).toHaveLength(4);
  expect(html).not.toMatch(/<button(?! disabled)/);
  expect(html).toContain('<button disabled type="submit"');
});

test.each(['open', 'code'] as const)(
  'every language can be tapped where the channel is %s, and that of the page is ticked',
  async (admission) => {
    const html = await htmlOf({ ...channelOf(IIT), admission }, 'my');
    for (const language of LANGUAGES) {
      const id = `wished-language-${language}`;
      expect(rootOf(html, 'app')).toContain(`<label for="${id}" lang="${language}"`);
      const [box] = html.match(new RegExp(`<input[^>]* id="${id}"[^>]*>`)) ?? [];
      expect(box?.endsWith(' checked>')).toBe(language === 'my');
      // The style knows where a tick comes from by what follows it.
      expect(html.indexOf(`id="${id}"`)).toBeLessThan(html.indexOf('<div id="app"'));
    }
  },
);

test('the names that need letters of their own are drawn, and named for who hears the page, but not in their own language', async () => {
  const html = await htmlOf(channelOf(EIT), 'th');
  for (const language of ['zh', 'my'] as const) {
    const [name] =
      html.match(new RegExp(`(?<=<label [^>]*lang="${language}"[^>]*>).*?(?=</label>)`)) ?? [];
    expect(name).toMatch(/^<svg role="img" aria-label="[^"]+"/);
    expect(name).toContain(`aria-label="${LANGUAGE_NAMES[language]}"`);
    // It grows with the words, and has their colour.
    expect(name).toMatch(/ width="[\d.]+em" height="[\d.]+em" fill="none" stroke="currentColor"/);
    const own = await htmlOf(channelOf(EIT), language);
    expect(own).toContain(
      `lang="${language}" class="language">${LANGUAGE_NAMES[language]}</label>`,
    );
  }
});

test('who needs a code of their own sees the notice, and no question before the code is known', async () => {
  const html = await htmlOf({ ...channelOf(IIT), admission: 'code' });
  const t = await wordsFor(channelOf(IIT), 'th');
  expect(html).toContain(escaped(t('notice.heading')));
  expect(html).not.toContain('first-question');
  expect(html).not.toContain('for="begun"');
});

test('a closed channel and a code that is nobody’s are told at once, in the person’s language', async () => {
  const closed = await htmlOf({ ...channelOf(EIT), state: 'closed' }, 'zh');
  const t = await wordsFor(channelOf(EIT), 'zh');
  expect(closed).toContain(escaped(t('closed.heading')));
  expect(closed).not.toContain('data-rendered');
  const unknown = { state: 'problem', code: '22222222', problem: 'channel-unknown' } as const;
  expect(renderFirstScreen(await pageOf('zh', unknown))).toContain(
    escaped(t('problems:channel-unknown')),
  );
});

test('a page without a channel has room for the app and nothing else', async () => {
  expect(renderFirstScreen(await pageOf('th', { state: 'none' }))).toMatch(
    /<\/noscript><div id="app"><\/div>$/,
  );
});

const tags = (html: string) => html.match(/<[!/a-z][^>]*>/gi);

test.each([
  '</div><script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><svg/onload=alert(1)>',
  "' onfocus=alert(1) autofocus='",
  '&lt;b&gt;',
])('a name such as %s stays a name', async (name) => {
  const channel = channelOf(EIT);
  const html = await htmlOf({
    ...channel,
    department: null,
    organization: { th: name },
    departments: channel.departments.map((one) => ({ ...one, name: { th: name } })),
  });
  expect(html).toContain(`<strong>${escaped(name)}</strong>`);
  expect(tags(html)).toEqual(tags(await htmlOf({ ...channel, department: null })));
});
