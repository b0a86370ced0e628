import { canonicalJson } from './canonical-json.ts';
import { digestOf } from './digest.ts';
import { type EnteredFigures, enteredFiguresSchema } from './figures.ts';

/**
 * Names the state of the entered figures, as 64 lower-case hex digits: SHA-256 of their canonical JSON. Whoever changes them
 * sends the tag of what they had before them (`If-Match`), as for an assessment.
 *
 * @throws z.core.$ZodError if they are not of the contract
 */
export function figuresTag(entered: EnteredFigures): string {
  return digestOf(canonicalJson(enteredFiguresSchema.parse(entered)));
}
