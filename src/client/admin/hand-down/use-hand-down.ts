import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { HandDownOffice, HandedDown } from '#core/contract/hand-down.ts';
import { useAdmin } from '../admin.ts';
import { type ApiError, type ApiErrorCode, asApiError } from '../api-error.ts';

/** What became of an office: done, or refused. */
export type OfficeOutcome =
  | { state: 'done'; did: HandedDown['did'] }
  | { state: 'failed'; error: ApiError };

export interface HandDownRun {
  isUnderWay: boolean;
  done: number;
  total: number;
  /** By the organization's id, of this visit. */
  outcomes: ReadonlyMap<string, OfficeOutcome>;
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

const AT_REST: HandDownRun = { isUnderWay: false, done: 0, total: 0, outcomes: new Map() };

interface UseHandDown {
  run: ReadonlySignal<HandDownRun>;
  start: (offices: readonly HandDownOffice[], changesDraft: boolean) => void;
  cancel: () => void;
}

/**
 * Hands a set-up down to one office after the other; ends with the page. Each is whole by itself, so that what was broken off goes on
 * where it ended.
 */
export function useHandDown(assessment: string, onEnd: () => void): UseHandDown {
  const { api } = useAdmin();
  const run = useSignal(AT_REST);
  const stop = useRef(new AbortController());

  useEffect(() => () => stop.current.abort(), []);

  async function outcomeOf(organization: string, changesDraft: boolean): Promise<OfficeOutcome> {
    try {
      const { did } = await api.handDown(assessment, { organization, changesDraft });
      return { state: 'done', did };
    } catch (thrown) {
      return { state: 'failed', error: asApiError(thrown) };
    }
  }

  async function go(offices: readonly HandDownOffice[], changesDraft: boolean): Promise<void> {
    const { signal } = (stop.current = new AbortController());
    run.value = { ...AT_REST, isUnderWay: true, total: offices.length };
    for (const { organization } of offices) {
      if (signal.aborted) break;
      const outcome = await outcomeOf(organization, changesDraft);
      const { done, outcomes } = run.value;
      const next = new Map(outcomes).set(organization, outcome);
      run.value = { ...run.value, done: done + 1, outcomes: next };
      if (outcome.state === 'failed' && !OF_ONE_OFFICE.has(outcome.error.code)) break;
    }
    run.value = { ...run.value, isUnderWay: false };
    onEnd();
  }

  return {
    run,
    start(offices, changesDraft) {
      if (!run.value.isUnderWay) void go(offices, changesDraft);
    },
    cancel: () => stop.current.abort(),
  };
}
