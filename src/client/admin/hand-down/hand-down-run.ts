// How far a set-up is handed down to one office after the other, and what is told of it.
import type { HandedDown } from '#core/contract/hand-down.ts';
import type { ApiError, ApiErrorCode } from '../api-error.ts';

/** What became of an office: done, or refused. */
export type OfficeOutcome =
  | { state: 'done'; did: HandedDown['did'] }
  | { state: 'failed'; error: ApiError };

export interface HandDownRun {
  isUnderWay: boolean;
  /** The offices it is handed down to, by their ids. */
  wanted: readonly string[];
  /** Of this visit, also of what was broken off before; by the organization's id. */
  outcomes: ReadonlyMap<string, OfficeOutcome>;
  /** What ended it before all of them had their turn. */
  stoppedBy: ApiError | null;
}

/** What says no more of the others than of this office. All else (no answer, signed out, no room) would meet them too. */
const OF_ONE_OFFICE: ReadonlySet<ApiErrorCode> = new Set([
  'year-taken',
  'too-many-departments',
  'organization-exists',
  'changed-meanwhile',
  'invalid-request',
  'internal',
]);

export const AT_REST: HandDownRun = {
  isUnderWay: false,
  wanted: [],
  outcomes: new Map(),
  stoppedBy: null,
};

/** Begins anew with these; what became of others before stays known. */
export function begun({ outcomes }: HandDownRun, wanted: readonly string[]): HandDownRun {
  const others = [...outcomes].filter(([organization]) => !wanted.includes(organization));
  return { isUnderWay: true, wanted, outcomes: new Map(others), stoppedBy: null };
}

/** After the turn of an office. One that nothing is known of is as it was, and comes again. */
export function afterTurn(
  run: HandDownRun,
  organization: string,
  outcome: OfficeOutcome,
): HandDownRun {
  if (outcome.state === 'failed' && !OF_ONE_OFFICE.has(outcome.error.code))
    return { ...run, stoppedBy: outcome.error };
  return { ...run, outcomes: new Map(run.outcomes).set(organization, outcome) };
}

/** What became of those of the last run, as far as they had their turn. */
export const ofLastRun = ({ wanted, outcomes }: HandDownRun): OfficeOutcome[] =>
  wanted.flatMap((organization) => outcomes.get(organization) ?? []);

/** How many were made, made to agree, agreed already, and are left. */
export function sumsOf(run: HandDownRun): Record<HandedDown['did'] | 'left', number> {
  const last = ofLastRun(run);
  const count = (did: HandedDown['did']) =>
    last.filter((one) => one.state === 'done' && one.did === did).length;
  const done = last.filter(({ state }) => state === 'done').length;
  return {
    made: count('made'),
    changed: count('changed'),
    nothing: count('nothing'),
    left: run.wanted.length - done,
  };
}
