import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { HandDownOffice } from '#core/contract/hand-down.ts';
import { useAdmin } from '../admin.ts';
import { asApiError } from '../api-error.ts';
import {
  afterTurn,
  AT_REST,
  begun,
  type HandDownRun,
  type OfficeOutcome,
} from './hand-down-run.ts';

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

  async function go(offices: readonly string[], changesDraft: boolean): Promise<void> {
    const { signal } = (stop.current = new AbortController());
    run.value = begun(run.value, offices);
    for (const organization of offices) {
      if (signal.aborted || run.value.stoppedBy) break;
      const outcome = await outcomeOf(organization, changesDraft);
      run.value = afterTurn(run.value, organization, outcome);
    }
    run.value = { ...run.value, isUnderWay: false };
    onEnd();
  }

  return {
    run,
    start(offices, changesDraft) {
      const organizations = offices.map(({ organization }) => organization);
      if (!run.value.isUnderWay) void go(organizations, changesDraft);
    },
    cancel: () => stop.current.abort(),
  };
}
