import { setImmediate } from 'node:timers/promises';
import type { Assessment } from '#core/contract/assessment.ts';
import type { ResponseFile, SingleResponse } from '#core/contract/report.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { suppressGroups } from '#core/scoring/suppression.ts';
import { readBody } from '../counting/read-body.ts';
import type { Randomness } from '../randomness.ts';
import type { Storage, StoredChannel } from '../storage/storage.ts';
import { BYTE_ORDER_MARK, csvLine, textField } from './csv.ts';

/** How many are in memory at a time: few enough that nobody else waits for the server meanwhile. */
const PAGE_SIZE = 500;
const DRAWS_AT_A_TIME = 5_000;

interface Effects {
  storage: Storage;
  randomness: Randomness;
}

/** Which response comes next, and the channel it may be told with. */
interface Drawn {
  id: string;
  channel: string | null;
}

/** Single responses that are read while somebody takes them: how many there will be is known before the first. */
export interface SingleResponses {
  total: number;
  /** Pages of responses; null in the place of one that is stored and cannot be read, as after damage. @throws Error when one is no longer there: what was taken by then is not whole. */
  pages: AsyncGenerator<(SingleResponse | null)[]>;
}

/** In an order drawn by lot (Fisher and Yates). */
async function shuffle<Entry>(entries: Entry[], below: Randomness['below']): Promise<Entry[]> {
  for (let rest = entries.length; rest > 1; rest -= 1) {
    const drawn = below(rest);
    const last = rest - 1;
    [entries[drawn], entries[last]] = [entries[last]!, entries[drawn]!];
    if (rest % DRAWS_AT_A_TIME === 0) await setImmediate();
  }
  return entries;
}

/** How many of a channel's responses can be read. Of all of them only the ids are in memory. */
async function countReadable(storage: Storage, code: string, ids: readonly string[]) {
  let n = 0;
  for (let start = 0; start < ids.length; start += PAGE_SIZE) {
    const stored = await storage.findResponses([code], ids.slice(start, start + PAGE_SIZE));
    n += stored.filter(({ body }) => readBody(body) !== null).length;
    await setImmediate();
  }
  return n;
}

async function* pagesOf(storage: Storage, codes: readonly string[], order: readonly Drawn[]) {
  for (let start = 0; start < order.length; start += PAGE_SIZE) {
    const page = order.slice(start, start + PAGE_SIZE);
    const stored = await storage.findResponses(
      codes,
      page.map(({ id }) => id),
    );
    const byId = new Map(stored.map((response) => [response.id, response]));
    yield page.map(({ id, channel }): SingleResponse | null => {
      const kept = byId.get(id);
      if (!kept) throw new Error('a response was removed while it was exported');
      const response = readBody(kept.body);
      if (!response) return null;
      const { language, answers, respondent, quality } = response;
      // Which channels have a display everybody can see: it would tell the channel that is left out.
      const display = channel === null ? null : (kept.display ?? null);
      return { channel, language, answers, respondent, quality, display };
    });
    // SQLite answers without a pause: whoever else asks must not wait for the end of the file.
    await setImmediate();
  }
}

/**
 * Every response to the instrument that is there now, shuffled. Which channel it came through is left out where so few
 * people used it that it could tell who they are, and where a subtraction could. Only the ids are in memory.
 */
export async function singleResponses(
  { storage, randomness }: Effects,
  assessment: Assessment,
  instrument: Instrument,
): Promise<SingleResponses> {
  const channels = await storage.listChannels(assessment.id);
  const own = channels.filter((channel: StoredChannel) => channel.instrument === instrument.id);
  const byChannel: { code: string; ids: string[]; n: number }[] = [];
  for (const { code } of own) {
    const ids = await storage.listResponseIds(code);
    // What cannot be read says nothing, and hides nobody.
    byChannel.push({ code, ids, n: await countReadable(storage, code, ids) });
  }
  const verdicts = suppressGroups(byChannel, assessment.suppressionThreshold);
  const order = byChannel.flatMap(({ code, ids }, index) =>
    ids.map((id): Drawn => ({ id, channel: verdicts[index] === 'shown' ? code : null })),
  );
  return {
    total: order.length,
    pages: pagesOf(
      storage,
      own.map(({ code }) => code),
      await shuffle(order, randomness.below),
    ),
  };
}

/** What stands among the marks of a response, alone in its line, that cannot be read. */
const UNREADABLE = 'unreadable';

/** As a text file: a line for each response, options by their numbers. Empty = would rather not say. */
async function* asCsv({ items, fields, tool }: Instrument, { pages }: SingleResponses) {
  // Displays stand where visitors answer.
  const ofCounters = tool === 'EIT' ? ['display'] : [];
  const codes = [...items, ...fields].map(({ code }) => code);
  yield BYTE_ORDER_MARK + csvLine(['channel', 'language', 'quality', ...ofCounters, ...codes]);
  const unreadable = csvLine([
    '',
    '',
    UNREADABLE,
    ...ofCounters.map(() => ''),
    ...codes.map(() => ''),
  ]);
  const lineOf = ({ channel, language, quality, display, answers, respondent }: SingleResponse) =>
    csvLine([
      textField(channel ?? ''),
      language,
      quality.join(' '),
      ...ofCounters.map(() => display ?? ''),
      ...codes.map((code) => String(answers[code] ?? respondent[code] ?? '')),
    ]);
  for await (const page of pages)
    yield page.map((response) => (response ? lineOf(response) : unreadable)).join('');
}

async function* asJson({ id }: Instrument, { pages }: SingleResponses) {
  yield `{"instrument":${JSON.stringify(id)},"responses":[`;
  let between = '';
  let unreadable = 0;
  for await (const page of pages) {
    const responses = page.filter((response) => response !== null);
    unreadable += page.length - responses.length;
    if (responses.length === 0) continue;
    yield between + responses.map((response) => JSON.stringify(response)).join(',');
    between = ',';
  }
  yield `],"unreadable":${unreadable}}`;
}

/** The pieces of a file of single responses. @see responseFileSchema */
export const responseFilePieces = (
  instrument: Instrument,
  responses: SingleResponses,
  format: ResponseFile,
): AsyncGenerator<string> =>
  format === 'csv' ? asCsv(instrument, responses) : asJson(instrument, responses);
