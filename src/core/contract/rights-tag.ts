import { canonicalJson } from './canonical-json.ts';
import { digestOf } from './digest.ts';
import type { Rights } from './people.ts';

/**
 * Names what somebody may do and sees as 64 lower-case hex digits: SHA-256 of the canonical JSON. Whoever changes one of the two sends
 * the tag of what they had before them (`If-Match`), as for an assessment: what the other makes of it is to be seen first.
 */
export const rightsTag = ({ role, branch }: Rights): string =>
  digestOf(canonicalJson({ role, branch }));
