import { type Kysely, sql } from 'kysely';
import type { CountedSoFar, Counting } from './counting.ts';
import { ONE_BY_ONE, type StateRow, stateOf } from './fold-rows.ts';
import { inPlace, KEPT_YEAR, type Place } from './places.ts';
import type { Tables } from './tables.ts';

/** Of an instrument with more channels nobody counts in one statement what nobody has counted. */
const MOST_CHANNELS = 50;

/** `basis` and what follows: null where it was never counted. */
interface SoFarRow {
  instrument: string;
  codes: string;
  counted: number;
  waiting: number;
  basis: StateRow['basis'] | null;
  counted_to: StateRow['counted_to'];
  count: StateRow['count'] | null;
}

/** Null where there is no such assessment. */
export async function selectPlaceOf(
  database: Kysely<Tables>,
  assessment: string,
): Promise<Place | null> {
  const row = await database
    .selectFrom('assessments')
    .select(['organization_id', KEPT_YEAR.as('fiscal_year')])
    .where('id', '=', assessment)
    .executeTakeFirst();
  return row ?? null;
}

/** What waits for being folded, of each instrument of the assessment; of all together so many at the most. */
const waiting = (assessment: string, place: Place, most: number) => sql`
  select instrument, count(*) as n from (
    select instrument from (
      select (
        select own.instrument from responses join channels as own on own.code = responses.channel
        where ${inPlace(place, 'responses')} and responses.id = unfolded.id
          and own.assessment_id = ${assessment} ${ONE_BY_ONE}
      ) as instrument
      from unfolded where ${inPlace(place)}
    ) as arrived where instrument is not null limit ${most}
  ) as own_arrived group by instrument`;

/** How many responses of a channel there are, and of many so many. */
const storedOfChannel = (place: Place, most: number) => sql`
  select count(*) from (
    select 1 from responses where ${inPlace(place)} and channel = channels.code limit ${most}
  ) as few`;

function soFarOf(
  { basis, counted_to }: Pick<SoFarRow, 'basis' | 'counted_to'>,
  own: string | null,
): CountedSoFar['state'] {
  if (own === null) return 'foreign';
  return basis === null ? 'uncounted' : stateOf({ basis, counted_to }, own);
}

/** In one statement, so of one moment. @see TallyStorage.readSoFar */
export async function selectSoFar(
  database: Kysely<Tables>,
  assessment: string,
  place: Place,
  { basisOf }: Pick<Counting, 'basisOf'>,
  most: number,
): Promise<CountedSoFar[]> {
  const { rows } = await sql<SoFarRow>`
    select channels.instrument, string_agg(channels.code, ' ') as codes,
      tally_states.basis, tally_states.counted_to, tally_states.count,
      coalesce(tallies.n, 0) + coalesce(tally_states.unreadable, 0) as counted,
      cast(case when tally_states.basis is null then sum(
        case when tally_states.basis is null then (${storedOfChannel(place, most + 1)}) else 0 end
      ) else coalesce(waiting.n, 0) end as integer) as waiting
    from channels
    left join tally_states on tally_states.organization_id = channels.organization_id
      and tally_states.assessment_id = channels.assessment_id
      and tally_states.instrument = channels.instrument
    left join tallies on tallies.organization_id = channels.organization_id
      and tallies.assessment_id = channels.assessment_id
      and tallies.instrument = channels.instrument
      and tallies.dimension = 'office' and tallies.value = ''
    left join (${waiting(assessment, place, most + 1)}) as waiting
      on waiting.instrument = channels.instrument
    where channels.organization_id = ${place.organization_id}
      and channels.assessment_id = ${assessment}
    group by channels.instrument, tally_states.basis, tally_states.counted_to, tally_states.count,
      tally_states.unreadable, tallies.n, waiting.n
    order by channels.instrument`.execute(database);
  return rows.map(({ instrument, codes, ...row }) => {
    const channels = codes.split(' ');
    const isTooMuch = row.basis === null && channels.length > MOST_CHANNELS;
    return {
      instrument,
      place,
      channels,
      state: soFarOf(row, basisOf(instrument)),
      count: row.count ?? '',
      stored: row.counted + row.waiting,
      waiting: isTooMuch ? most + 1 : row.waiting,
    };
  });
}
