import { type Assessment, assessmentSchema } from './assessment.ts';
import { canonicalJson } from './canonical-json.ts';
import { digestOf } from './digest.ts';

/**
 * Names the state of an assessment, as 64 lower-case hex digits: SHA-256 of its canonical JSON. Whoever changes it sends
 * the tag of what they had before them (`If-Match: "<tag>"`, RFC 9110 section 13.1.1), so that nobody overwrites what they
 * never saw. What does not travel or is not kept makes no difference: spaces that are trimmed, members that are
 * undefined, the order of the departments.
 *
 * @throws z.core.$ZodError if it is not of the contract
 */
export function assessmentTag(assessment: Assessment): string {
  const { departments, ...rest } = assessmentSchema.parse(assessment);
  const inOrder = [...departments].sort((a, b) => a.number - b.number);
  // There and back, as undefined members are left out on the way.
  return digestOf(canonicalJson(JSON.parse(JSON.stringify({ ...rest, departments: inOrder }))));
}
