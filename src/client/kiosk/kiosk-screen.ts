import type { Signal } from '@preact/signals';
import type { Language } from '#core/contract/language.ts';
import type { Survey } from '../survey/survey.ts';

/** Why a link does not enrol the tablet now; null while it is tried. forgets: the browser would not know of it after a reload. */
export type EnrolTrouble = 'unreachable' | 'link-used' | 'forgets' | null;

/** One person at the tablet, from the tap on a language to the end; gone with them. */
export interface Turn {
  survey: Survey;
  /** Tells one turn from the next. */
  number: number;
  /** What stands in front of the survey, until it is answered or Back puts it away. */
  aside: Signal<'privacy' | 'stop' | null>;
}

/** What stands on the tablet. */
export type KioskScreen =
  | { kind: 'opening' }
  /** Nobody has opened a link here. */
  | { kind: 'not-enrolled' }
  | { kind: 'enrolling'; trouble: EnrolTrouble }
  | { kind: 'revoked' }
  /** Enrolled, but what to ask has not reached the tablet yet. */
  | { kind: 'not-ready' }
  | { kind: 'start' }
  | { kind: 'counters'; language: Language }
  | { kind: 'turn'; turn: Turn }
  | { kind: 'pin' }
  | { kind: 'status' };

/** True while nobody answers and nobody looks after the tablet: then it may do with itself what it likes. */
export function isBetweenPeople({ kind }: KioskScreen): boolean {
  return !['counters', 'turn', 'pin', 'status'].includes(kind);
}
