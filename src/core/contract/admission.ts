import type * as z from 'zod/mini';
import type { AdmissionSchema } from './admission-schema.ts';
import { canonicalJson } from './canonical-json.ts';
import type { Response } from './response.ts';

/** What a person came in by. @see admission-schema.ts */
export type Admission = z.infer<AdmissionSchema>;

/** The text of a response and of what its person came in by; canonical. */
export function writeAdmitted(admission: Admission, response: Response): string {
  return canonicalJson({ admission, response });
}

/** True where such a text lies open: its first key is the admission. */
export const isAdmittedText = (text: string): boolean => text.startsWith('{"admission":');
