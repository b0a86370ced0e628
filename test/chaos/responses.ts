import { sample } from 'fast-check';
import type { Response } from '#core/contract/response.ts';
import { arbitraryResponse } from '../core/instruments/arbitrary-response.ts';
import { diceOf, type Dice } from './dice.ts';
import type { ChaosChannel } from './office.ts';

/** A response as a person finished it. */
export interface Finished {
  id: string;
  channel: ChaosChannel;
  response: Response;
}

/** Arbitrary finished responses to an office's channels, the same in every run of a seed. */
export class ResponseSource {
  readonly #dice: Dice;
  readonly #channels: readonly { channel: ChaosChannel; responses: Response[] }[];

  /** `name`: whose responses these are; `count`: how many of them are made ahead for each channel. */
  constructor(seed: number, name: string, channels: readonly ChaosChannel[], count: number) {
    this.#dice = diceOf(seed, 'responses', name);
    this.#channels = channels.map((channel) => ({
      channel,
      responses: sample(arbitraryResponse(channel.instrument), {
        numRuns: count,
        seed: this.#dice.between(0, 2 ** 31 - 1),
      }),
    }));
  }

  next(): Finished {
    const { channel, responses } = this.#dice.pick(this.#channels);
    const response = this.#dice.pick(responses);
    const respondent =
      channel.department === null
        ? response.respondent
        : { ...response.respondent, department: channel.department };
    return { id: this.#dice.uuid(), channel, response: { ...response, respondent } };
  }
}
