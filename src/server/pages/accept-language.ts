import { chooseLanguage } from '#core/contract/choose-language.ts';
import type { Language } from '#core/contract/language.ts';

/** The language for an Accept-Language header (RFC 9110, 12.5.4); Thai if it names none of ours. */
export function languageFor(header: string | undefined): Language {
  const preferred = (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.split(';').map((piece) => piece.trim());
      const quality = parameters.find((parameter) => parameter.startsWith('q='));
      return { tag, quality: quality === undefined ? 1 : Number(quality.slice(2)) };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality);
  return chooseLanguage(preferred.map(({ tag }) => tag));
}
