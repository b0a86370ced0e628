import type { Admission } from '#core/contract/admission.ts';
import type { Channel } from '#core/contract/channel.ts';
import type { ProblemCode } from '#core/contract/problem.ts';
import type { Outbox } from '../sync/outbox.ts';
import type { Answering } from './answering.ts';
import type { SavedDraft } from './draft-store.ts';

/** Why a typed code did not lead anywhere; null while nothing is wrong. */
export type CodeTrouble = 'empty' | 'mistyped' | 'unreachable' | { problem: ProblemCode };

/** What the respondent sees, and all that belongs to it. */
export type Screen =
  | { kind: 'loading' }
  | { kind: 'enter-code'; typed: string; trouble: CodeTrouble | null; isAsking: boolean }
  | { kind: 'unreachable'; code: string }
  | { kind: 'problem'; code: string; problem: ProblemCode }
  | { kind: 'closed'; channel: Channel }
  /** `arrived`: what whoever opened the page came in by now; null where the address told nothing. */
  | { kind: 'resume'; channel: Channel; saved: SavedDraft; arrived: Admission | null }
  /**
   * Whoever answers this channel needs a code of their own. `typed`: what the address told, where that is no code; `before`: what was on
   * the screen until then.
   */
  | { kind: 'own-code'; channel: Channel; typed: string; before: Screen['kind'] }
  | { kind: 'answering'; answering: Answering }
  | {
      kind: 'finished';
      channel: Channel;
      envelopeId: string;
      outbox: Outbox;
      /** Saves this response to a file of the device. */
      saveFile: () => void;
    }
  | { kind: 'waiting' }
  /** A page that a first visit does not fetch was wanted without network. `path`: of the survey that led there. */
  | { kind: 'not-here'; path: string };
