import { expect } from '@playwright/test';
import type { ChannelSummary } from '#core/contract/assessment.ts';
import { instrumentOf } from './definitions.ts';
import type { Answers } from './respondent.ts';
import type { WebKit } from './webkit-driver.ts';
import { Words } from './words.ts';

/** One that takes presses and says so. Texts have no quotation marks of this kind, which XPath could not write. */
const labelled = (element: 'label' | 'button', text: string) =>
  `//${element}[not(@aria-disabled="true") and .//text()[normalize-space(.) = "${text}"]]`;

/** Somebody who answers the survey in WebKit, in Thai, by taps. */
export class WebKitVisitor {
  readonly webKit: WebKit;
  readonly channel: ChannelSummary;
  readonly words = new Words('th');
  /** When an answer was tapped last, by the page's clock. */
  #tappedAt = 0;

  constructor(webKit: WebKit, channel: ChannelSummary) {
    this.webKit = webKit;
    this.channel = channel;
  }

  /** Scans the poster. */
  async scan(): Promise<void> {
    await this.webKit.goTo(this.channel.url);
    await this.reads(this.words.survey('notice.heading'));
  }

  /** Waits until the page shows the text. */
  async reads(text: string): Promise<void> {
    await expect.poll(async () => this.webKit.text()).toContain(text);
  }

  async press(key: string): Promise<void> {
    await this.#tap(labelled('button', this.words.survey(key)));
  }

  /** From the notice to the review. */
  async answer(answers: Answers): Promise<void> {
    await this.press('notice.start');
    for (const [code, option] of Object.entries(answers)) {
      const service = answers['service'] ?? undefined;
      await this.reads(this.words.question(this.channel.instrument, code, service));
      // In the half second behind a tap another one counts as the second of two.
      await expect.poll(async () => this.#now()).toBeGreaterThan(this.#tappedAt + 500);
      await this.#tap(labelled('label', this.#optionWords(code, option)));
      this.#tappedAt = await this.#now();
    }
    await this.reads(this.words.survey('review.heading'));
  }

  async answerAndSend(answers: Answers): Promise<void> {
    await this.answer(answers);
    await this.press('review.send');
  }

  /** Waits until the page says so, in the words under `finished`. */
  async isTold(what: 'sent' | 'kept'): Promise<void> {
    await this.reads(this.words.survey('finished.thanks'));
    await this.reads(this.words.survey(`finished.${what}`));
  }

  async #now(): Promise<number> {
    return this.webKit.evaluate(async () => Date.now());
  }

  #optionWords(code: string, option: number | null): string {
    const { instrument } = this.channel;
    const scale = instrumentOf(instrument).items.find((item) => item.code === code)?.scale ?? null;
    return this.words.option(instrument, code, scale, option);
  }

  async #tap(xpath: string): Promise<void> {
    await expect.poll(async () => this.webKit.click(xpath), { message: xpath }).toBe(true);
  }
}
