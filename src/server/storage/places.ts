import { type Kysely, type RawBuilder, sql } from 'kysely';
import { ChannelGone } from './storage-error.ts';
import type { Tables } from './tables.ts';

/**
 * In which part of the tables lies what belongs to a channel: their keys begin with it, so that a database of several machines can
 * keep each organization on one, and the years apart. Neither ever changes: an admin may correct the year of an assessment, and what is
 * kept of it stays where it is.
 */
export interface Place {
  organization_id: string;
  fiscal_year: number;
}

/** The year of the place of an assessment. Where a version before made it, that of the assessment. As a part of a statement on assessments. */
export const KEPT_YEAR = sql<number>`coalesce(assessments.kept_year, assessments.fiscal_year)`;

/** The places of channels by code; channels that do not exist are left out. */
export type Places = ReadonlyMap<string, Place>;

export type FindPlaces = (channels: readonly string[]) => Promise<Places>;

/** Names a place, and with a second part what lies in it. */
export const placeKey = ({ organization_id, fiscal_year }: Place, within = '') =>
  `${organization_id} ${fiscal_year} ${within}`;

/** @throws ChannelGone if there is no such channel */
function placeIn(places: Places, channel: string): Place {
  const place = places.get(channel);
  if (!place) throw new ChannelGone();
  return place;
}

/** What is kept in a place, where its id is its own: the same id in another place is something else. */
export type Placed<Kept> = Kept & Place;

/** Names what is kept, in whichever place. */
export const keyOf = (kept: Placed<{ id: string }>) => placeKey(kept, kept.id);

/** @throws ChannelGone if one is of a channel that does not exist */
export const placed = <Kept extends { channel: string }>(
  kept: readonly Kept[],
  places: Places,
): Placed<Kept>[] =>
  kept.map((one) => {
    const { organization_id, fiscal_year } = placeIn(places, one.channel);
    return { ...one, organization_id, fiscal_year };
  });

const inOrder = (a: string | number, b: string | number) => (a < b ? -1 : Number(a > b));

/**
 * Rows go in by their keys: two senders of the same batch then take their locks in the same order and cannot block each other
 * for ever, and the order within a batch is not written down.
 */
export const byKey = (
  a: Placed<{ id: string; digest?: string }>,
  b: Placed<{ id: string; digest?: string }>,
) =>
  inOrder(a.organization_id, b.organization_id) ||
  inOrder(a.fiscal_year, b.fiscal_year) ||
  inOrder(a.id, b.id) ||
  inOrder(a.digest ?? '', b.digest ?? '');

/** Finds places and remembers them. What is remembered of a channel that is gone does no harm: nothing can be kept for it. */
export function createPlaces(database: Kysely<Tables>): FindPlaces {
  const known = new Map<string, Place>();
  return async function findPlaces(channels) {
    const unknown = channels.filter((code) => !known.has(code));
    if (unknown.length > 0) {
      const rows = await database
        .selectFrom('channels')
        .innerJoin('assessments', (join) =>
          join
            .onRef('assessments.organization_id', '=', 'channels.organization_id')
            .onRef('assessments.id', '=', 'channels.assessment_id'),
        )
        .select(['channels.code', 'channels.organization_id', KEPT_YEAR.as('fiscal_year')])
        .where('channels.code', 'in', [...new Set(unknown)])
        .execute();
      for (const { code, ...place } of rows) known.set(code, place);
    }
    return new Map(
      channels.flatMap((code) => {
        const place = known.get(code);
        return place ? [[code, place] as const] : [];
      }),
    );
  };
}

/** Each of the places once, in one order for everybody. */
export function distinctPlaces(places: Iterable<Place>): Place[] {
  const keyed = new Map([...places].map((place) => [placeKey(place), place]));
  return [...keyed].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, place]) => place);
}

/** That a row is of one of the channels, of which there has to be one. A channel has one place, so which is whose needs not be said. */
export function ofChannels(places: Places): RawBuilder<boolean> {
  const all = [...places.values()];
  const organizations = [...new Set(all.map((place) => place.organization_id))];
  const years = [...new Set(all.map((place) => place.fiscal_year))];
  return sql<boolean>`organization_id in (${sql.join(organizations)})
    and fiscal_year in (${sql.join(years)}) and channel in (${sql.join([...places.keys()])})`;
}

/** That a row is in that place. `table`: where several have one. */
export function inPlace(
  { organization_id, fiscal_year }: Place,
  table?: string,
): RawBuilder<boolean> {
  const column = (name: string) => sql.ref(table === undefined ? name : `${table}.${name}`);
  return sql<boolean>`${column('organization_id')} = ${organization_id}
    and ${column('fiscal_year')} = ${fiscal_year}`;
}
