import { expect, type Locator, type Page } from '@playwright/test';
import type { ChannelSummary } from '#core/contract/assessment.ts';
import { nameIn } from '#core/contract/localized-name.ts';
import type { Language } from '#core/contract/language.ts';
import type { Item, RespondentField } from '#core/instruments/instrument.ts';
import { LANGUAGE_NAMES } from '#client/i18n/language-names.ts';
import { DEPARTMENTS, instrumentOf } from './definitions.ts';
import { Words } from './words.ts';

/** Option numbers by question; null = would rather not say. */
export type Answers = Readonly<Record<string, number | null>>;

/** The questions of a channel of the template, in their order: the channel may answer service and department itself. */
export function questionsOf(
  channel: Pick<ChannelSummary, 'instrument' | 'department' | 'service'>,
) {
  const { items, fields } = instrumentOf(channel.instrument);
  const isAsked = ({ fromChannel }: RespondentField) =>
    fromChannel === undefined || channel[fromChannel] === null;
  const codes = (when: RespondentField['asked']) =>
    fields.filter((field) => field.asked === when && isAsked(field)).map(({ code }) => code);
  return [...codes('before-items'), ...items.map(({ code }) => code), ...codes('after-items')];
}

/** Somebody at a page of the survey, who reads one language and does what people do. */
export class Respondent {
  readonly page: Page;
  readonly channel: ChannelSummary;
  words: Words;
  /** Chosen kind of service, which words E3. */
  #service: number | null;
  /** When an answer was tapped last, by the page's clock. */
  #tappedAt = 0;

  constructor(page: Page, channel: ChannelSummary, language: Language = 'th') {
    this.page = page;
    this.channel = channel;
    this.words = new Words(language);
    this.#service = channel.service;
  }

  /** Scans the poster. */
  async scan(): Promise<void> {
    await this.page.goto(this.channel.url);
    await this.sees('notice.heading');
  }

  get heading(): Locator {
    return this.page.getByRole('heading', { level: 1 });
  }

  button(key: string): Locator {
    return this.page.getByRole('button', { name: this.words.survey(key), exact: true });
  }

  async press(key: string): Promise<void> {
    await this.button(key).click();
  }

  /** Waits for the screen with that heading. */
  async sees(key: string): Promise<void> {
    await expect(this.heading).toHaveText(this.words.survey(key));
  }

  questionWords(code: string): string {
    return this.words.question(this.channel.instrument, code, this.#service ?? undefined);
  }

  /** Waits for the question. */
  async isAsked(code: string): Promise<void> {
    await expect(this.heading).toContainText(this.questionWords(code));
  }

  optionWords(code: string, option: number | null): string {
    const { items } = instrumentOf(this.channel.instrument);
    const scale = items.find((item: Item) => item.code === code)?.scale ?? null;
    const department = DEPARTMENTS.find(({ number }) => number === option);
    if (code === 'department' && department) return nameIn(this.words.language, department.name);
    return this.words.option(this.channel.instrument, code, scale, option);
  }

  choice(code: string, option: number | null): Locator {
    return this.page.getByRole('radio', { name: this.optionWords(code, option), exact: true });
  }

  /** Taps the answer; the page moves on by itself. */
  async tap(code: string, option: number | null): Promise<void> {
    await this.isAsked(code);
    // In the half second behind a tap another one counts as the second of two.
    await this.page.waitForFunction((before) => Date.now() - before > 500, this.#tappedAt);
    await this.choice(code, option).click();
    await this.noteTap();
    if (code === 'service') this.#service = option;
  }

  /** An answer was tapped by now, in whatever way. */
  async noteTap(): Promise<void> {
    this.#tappedAt = await this.page.evaluate(() => Date.now());
  }

  /** Answers all the questions that `answers` names, in the order they are asked, by taps. */
  async tapThrough(answers: Answers): Promise<void> {
    for (const [code, option] of Object.entries(answers)) await this.tap(code, option);
  }

  /** Answers by the keyboard, where answering is not what the journey is about: nothing to wait for. */
  async hurryThrough(answers: Answers): Promise<void> {
    for (const [code, option] of Object.entries(answers)) {
      await this.isAsked(code);
      await this.choice(code, option).focus();
      await this.page.keyboard.press('Space');
      await this.page.keyboard.press('Enter');
      if (code === 'service') this.#service = option;
    }
  }

  /** Presses Next where nothing is chosen. In the half second behind the arrival of a question that counts as the second of two presses. */
  async isToldToChoose(): Promise<void> {
    await expect(async () => {
      await this.press('question.next');
      const told = this.words.survey('question.choose');
      await expect(this.page.getByRole('alert')).toHaveText(told, { timeout: 100 });
    }).toPass();
  }

  /** From the notice to the review. */
  async hurryToReview(answers: Answers): Promise<void> {
    await this.press('notice.start');
    await this.hurryThrough(answers);
    await this.sees('review.heading');
  }

  /** From the notice to what is told of a response that is sent. */
  async answerAndSend(answers: Answers): Promise<void> {
    await this.hurryToReview(answers);
    await this.press('review.send');
  }

  /** Presses Tab (or Shift+Tab) until the control has the focus. */
  async tabsTo(control: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    const hasFocus = () => control.evaluate((element) => element === document.activeElement);
    for (let presses = 0; presses < 20 && !(await hasFocus()); presses += 1)
      await this.page.keyboard.press(key);
    await expect(control).toBeFocused();
  }

  async choosesLanguage(language: Language): Promise<void> {
    await this.page.getByRole('button', { name: LANGUAGE_NAMES[language], exact: true }).click();
    this.words = new Words(language);
  }

  /** Waits until the page says so, in the words under `finished`. */
  async isTold(
    what: 'sent' | 'kept' | 'sending' | 'holdOn' | 'stuck',
    within?: { timeout: number },
  ): Promise<void> {
    await this.sees('finished.thanks');
    await expect(
      this.page.getByText(this.words.survey(`finished.${what}`), { exact: true }),
    ).toBeVisible(within);
  }
}
