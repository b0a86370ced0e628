// A language's own name on the first screen. Chinese and Burmese ones are drawn where nothing else on the page is in those letters: their
// fonts took a third of the first layout. The scripts put words in their place.
import type { ComponentChild } from 'preact';
import type { Language } from '#core/contract/language.ts';
import { LANGUAGE_NAMES } from '../i18n/language-names.ts';

/** The middle of each stroke, 40 units to the em, from the baseline; as wide as the fonts' own. */
const DRAWN: Partial<Record<Language, { width: number; strokes: string }>> = {
  zh: {
    width: 80,
    strokes:
      'M20-34v37M6-7v-18h28v17m0-3h-28M57-34l3 7M42-25h36M70-24q-5 18-27 25M50-24q5 18 27 25',
  },
  my: {
    width: 104,
    strokes:
      'M31-30v-2q0-6-6-6h-13q-6 0-6 6v43q0 6 6 6h13q6 0 6-6v-17M18-20q-5 3-5 9 0 9 10 9t10-9q0-6-5-9M13-7q10-6 20 0M49 19v-22q0-6-5-6-4 0-4 3 0 5 6 4 9 1 9-5-1-3-6-4-5-2-5-5 0-4 5-4 3 0 5 2M47-27q-3-2-3-5 0-5 5-5 3 0 4 2M68-20q-5 3-5 9 0 9 10 9t10-9q0-6-5-9M63-7q10-6 20 0M81-15q4-5 9-5 10 0 10 9 0 9-9 9h-4',
  },
};

/** `shown`: the language of the page. */
export function languageName(of: Language, shown: Language): ComponentChild {
  const drawn = DRAWN[of];
  if (!drawn || of === shown) return LANGUAGE_NAMES[of];
  return (
    <svg
      // oxlint-disable-next-line prefer-tag-over-role -- an img element takes neither the colour of the words nor a place in the page itself
      role="img"
      aria-label={LANGUAGE_NAMES[of]}
      viewBox={`0 -46 ${drawn.width} 66`}
      width={`${drawn.width / 40}em`}
      height="1.65em"
      fill="none"
      stroke="currentColor"
      stroke-width="3"
    >
      <path d={drawn.strokes} />
    </svg>
  );
}
