import type { Language } from '#core/contract/language.ts';

const BURMESE_ZERO = 0x1040;

/** A text with its figures as the language writes them: Burmese digits in Burmese, Arabic ones in all others, Thai too. */
export function inDigitsOf(language: Language, text: string): string {
  if (language !== 'my') return text;
  return text.replace(/[0-9]/g, (digit) => String.fromCharCode(BURMESE_ZERO + Number(digit)));
}
