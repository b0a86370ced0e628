import type { Place } from '../places.ts';
import type { DisplayFlag } from '#core/display/display-flag.ts';
import type { UncountedReason } from '#core/contract/uncounted.ts';

/** Everything that is stored of a response, wherever it ends. */
interface ResponseTable extends Place {
  id: string;
  channel: string;
  /** The day the server received it, ISO, in Thailand. */
  day: string;
  digest: string;
  body: string;
}

/** A response that is counted. */
interface CountedResponseTable extends ResponseTable {
  /** How it came, where its channel had a display then; null where it had none. */
  display: DisplayFlag | null;
}

/** An envelope as it came: one that this build could not read then, or another one under a known id. */
interface SetAsideTable extends ResponseTable {
  /** The protocol version that the envelope says. */
  protocol: number;
}

/** A response of the staff that came without a code that opens. */
interface UncountedTable extends ResponseTable {
  reason: UncountedReason;
}

/** Responses, and what is kept apart of them. */
export interface ResponseTables {
  responses: CountedResponseTable;
  conflicts: SetAsideTable;
  quarantine: SetAsideTable;
  uncounted: UncountedTable;
}
