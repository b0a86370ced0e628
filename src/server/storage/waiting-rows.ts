import { sql } from 'kysely';
import type { DisplayFlag } from '#core/display/display-flag.ts';
import type { CountedSoFar, Counting } from './counting.ts';
import { ONE_BY_ONE } from './fold-rows.ts';
import { jsonKeys } from './json-rows.ts';
import { inPlace, type Place } from './places.ts';
import type { CountedResponses } from './tally-rows.ts';

/** A response that is in no tally, of an assessment that is known. */
export interface WaitingRow {
  channel: string;
  day: string;
  body: string;
  display: DisplayFlag | null;
}

const RESPONSE = sql`select channel, day, body, display from responses`;

/**
 * What waits for being folded into the tallies that there are. Each column is looked up by key: PostgreSQL, which does not know how few wait,
 * would else read all responses of the place for them.
 */
function unfolded(place: Place, channels: readonly string[], most: number) {
  const own = (column: 'channel' | 'day' | 'body' | 'display') => sql`(
    select ${sql.ref(column)} from responses
    where ${inPlace(place, 'responses')} and responses.id = unfolded.id ${ONE_BY_ONE}
  ) as ${sql.ref(column)}`;
  return sql`
    select * from (
      select ${sql.join((['channel', 'day', 'body', 'display'] as const).map(own))}
      from unfolded where ${inPlace(place)}
    ) as arrived where channel in (select key from ${jsonKeys(channels)}) limit ${most}`;
}

/** All that there is of channels that nobody has counted. */
const uncounted = (place: Place, channels: readonly string[], most: number) => sql`
  select * from (${sql.join(
    channels.map((channel) => sql`${RESPONSE} where ${inPlace(place)} and channel = ${channel}`),
    sql` union all `,
  )}) as uncounted limit ${most}`;

/** What is in no tally of an assessment, as parts of a statement that each give WaitingRows, at most so many. */
export function waitingRows(soFar: readonly CountedSoFar[], most: number) {
  const channelsOf = (isCounted: boolean) =>
    soFar.flatMap(({ state, channels }) => ((state !== 'uncounted') === isCounted ? channels : []));
  const [place] = soFar.map((own) => own.place);
  if (!place) return [];
  return [
    { rowsOf: unfolded, channels: channelsOf(true) },
    { rowsOf: uncounted, channels: channelsOf(false) },
  ].flatMap(({ rowsOf, channels }) => (channels.length > 0 ? [rowsOf(place, channels, most)] : []));
}

/** Counts what is in no tally yet. */
export function countWaitingRows(
  rows: readonly WaitingRow[],
  assessment: string,
  soFar: readonly CountedSoFar[],
  counting: Counting,
): CountedResponses {
  const begun = counting.begin();
  const byCode = new Map(soFar.flatMap((own) => own.channels.map((code) => [code, own] as const)));
  for (const row of rows) {
    const own = byCode.get(row.channel);
    if (own) {
      const { instrument, place } = own;
      begun.add({ ...row, organization: place.organization_id, assessment, instrument });
    }
  }
  return begun.counted();
}
