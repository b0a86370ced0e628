// A language's own name on the first screen. Chinese and Burmese ones are drawn where nothing else on the page is in those letters: their
// fonts took a third of the first layout. The scripts put words in their place.
import type { ComponentChild } from 'preact';
import type { Language } from '#core/contract/language.ts';
import { LANGUAGE_NAMES } from '../i18n/language-names.ts';

/** 28 units to the em, from the baseline. The Burmese outline is that of Noto Sans Myanmar (public/fonts/OFL.txt). */
const DRAWN: Partial<Record<Language, { width: number; strokes?: string; outline?: string }>> = {
  zh: {
    width: 56,
    strokes:
      'M14-24v27M4-5v-13h20v12m0-3h-20M40-24l2 5M30-18h25M50-18q-4 14-19 20M35-18q4 14 19 20',
  },
  my: {
    width: 73,
    outline:
      'M8 13q-5 0-5-6v-29q0-6 5-6h9q6 0 6 6v1h-2v-2q0-1-1-2-1-1-3-1h-9q-1 0-2 1-1 1-1 2v31q0 1 1 2 1 1 2 1h9q2 0 3-1 1-1 1-2v-12h2v11q0 6-6 6h-9zM15 0q-2 0-4-1-1-1-2-3-1-1-1-4 0-2 1-4 1-2 2-3l2 2q-2 0-2 2-1 1-1 3 0 1 0 2 1-1 3-1 1-1 2-1 2 0 3 1 2 0 3 1 0-1 0-2 0-2-1-3-1-2-2-2l2-2q1 0 2 2 0 1 1 2 0 2 0 3 0 3-1 4-1 2-2 3-2 1-5 1zm0-6q-2 0-4 2 1 1 2 2 1 0 2 0 2 0 3 0 1-1 2-2-1-1-2-1-1-1-3-1zM32 13v-13q-3 0-5-1-1-1-1-3 0-1 1-2 0-1 1-1 1-1 2-1 2 0 4 2 1 1 1 4 1 0 2 0 1-1 1-2 0-1-2-2-1-1-3-1-2-1-3-2-1-1-1-2 0-2 1-2 0-1 1-2 2 0 3 0 1 0 2 0 1 0 1 1 1 0 2 1l-2 1q-1-1-1-1-1 0-2 0-1 0-2 0 0 1 0 1 0 1 0 2 1 0 3 1 2 0 3 1 1 1 1 2 1 0 1 2 0 2-1 3-2 1-4 1v13h-3zm-1-15h1q0-2 0-3-1 0-2 0-1 0-1 0-1 0-1 1 0 1 1 2 1 0 2 0zM33-18q-2 0-3-2-1-1-1-3 0-2 1-3 1-1 2-1 1-1 2-1 2 0 3 1 1 0 2 1l-2 1q0 0-1-1-1 0-1 0-2 0-3 1 0 1 0 2 0 2 0 2 1 1 2 2l-1 1zM50 0q-2 0-4-1-1-1-2-3-1-1-1-4 0-2 1-4 1-2 2-3l2 2q-2 0-2 2-1 1-1 3 0 1 0 2 1-1 3-1 1-1 2-1 2 0 3 1 2 0 3 1 0-1 0-2 0-2-1-3-1-2-2-2l2-2q1 0 2 2 0 1 1 2 0 2 0 3 0 3-1 4-1 2-2 3-2 1-5 1zm0-6q-2 0-4 2 1 1 2 2 1 0 2 0 2 0 3 0 1-1 2-2-1-1-2-1-1-1-3-1zM64 0q-1 0-2 0-1 0-2 0l1-2q1 0 3 0 2 0 3-1 2-2 2-5 0-1-1-3-1-1-2-2-1 0-3 0-1 0-3 1-2 0-3 2l-2-1q2-2 4-3 2-1 4-1 2 0 4 1 2 1 3 2 1 2 1 4 0 3-1 4-1 2-2 3-2 1-4 1z',
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
      viewBox={`0 -32 ${drawn.width} 46`}
      width={`${+(drawn.width / 28).toFixed(2)}em`}
      height="1.64em"
      fill={drawn.outline ? 'currentColor' : 'none'}
      stroke={drawn.strokes && 'currentColor'}
      stroke-width={drawn.strokes && 2}
    >
      <path d={drawn.strokes ?? drawn.outline} />
    </svg>
  );
}
