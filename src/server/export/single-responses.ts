import type { Assessment } from '#core/contract/assessment.ts';
import type { SingleResponse } from '#core/contract/report.ts';
import { responseSchema } from '#core/contract/response.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { suppressGroups } from '#core/scoring/suppression.ts';
import type { Randomness } from '../randomness.ts';
import type { Storage, StoredChannel } from '../storage/storage.ts';
import { BYTE_ORDER_MARK, csvOf, textField } from './csv.ts';

const PAGE_SIZE = 2_000;

interface Effects {
  storage: Storage;
  randomness: Randomness;
}

async function readAll(storage: Storage, channel: string): Promise<SingleResponse[]> {
  const read: SingleResponse[] = [];
  let after = '';
  for (;;) {
    const page = await storage.readResponses({ channel, after, limit: PAGE_SIZE });
    for (const { body } of page) {
      const { language, answers, respondent, quality } = responseSchema.parse(JSON.parse(body));
      read.push({ channel, language, answers, respondent, quality });
    }
    const last = page.at(-1);
    if (!last || page.length < PAGE_SIZE) return read;
    after = last.id;
  }
}

/** In an order drawn by lot (Fisher and Yates). */
function shuffle<Entry>(entries: Entry[], below: Randomness['below']): Entry[] {
  for (let rest = entries.length; rest > 1; rest -= 1) {
    const drawn = below(rest);
    const last = rest - 1;
    [entries[drawn], entries[last]] = [entries[last]!, entries[drawn]!];
  }
  return entries;
}

/**
 * Every response to the instrument, shuffled. Which channel it came through is left out where so few people used it that it
 * could tell who they are, and where a subtraction could.
 */
export async function singleResponses(
  { storage, randomness }: Effects,
  assessment: Assessment,
  instrument: Instrument,
): Promise<SingleResponse[]> {
  const channels = await storage.listChannels(assessment.id);
  const own = channels.filter((channel: StoredChannel) => channel.instrument === instrument.id);
  const byChannel: SingleResponse[][] = [];
  for (const { code } of own) byChannel.push(await readAll(storage, code));
  const verdicts = suppressGroups(
    byChannel.map(({ length }) => ({ n: length })),
    assessment.suppressionThreshold,
  );
  return shuffle(
    byChannel.flatMap((responses, index) =>
      verdicts[index] === 'shown'
        ? responses
        : responses.map((response) => ({ ...response, channel: null })),
    ),
    randomness.below,
  );
}

/** As a text file: a line for each response, options by their numbers. Empty = would rather not say. */
export function singleResponsesCsv(
  { items, fields }: Instrument,
  responses: readonly SingleResponse[],
): string {
  const codes = [...items, ...fields].map(({ code }) => code);
  const lines = responses.map(({ channel, language, quality, answers, respondent }) => [
    textField(channel ?? ''),
    language,
    quality.join(' '),
    ...codes.map((code) => String(answers[code] ?? respondent[code] ?? '')),
  ]);
  return BYTE_ORDER_MARK + csvOf([['channel', 'language', 'quality', ...codes], ...lines]);
}
