import { useLayoutEffect, useState } from 'preact/hooks';

/** Type sizes of a question, largest first; the stylesheet gives each its measure. */
const SIZES = ['full', 'smaller', 'small', 'smallest'] as const;

/** A question shorter than this is not what makes a page scroll; its list of answers is. */
const LONG_CHARACTERS = 60;

/** Chinese characters and punctuation, each as wide as two letters. */
const WIDE = /[\u2e80-\u9fff\uff00-\uffef]/g;

const isLong = (text: string) => text.replace(WIDE, '  ').length >= LONG_CHARACTERS;

export type QuestionSize = (typeof SIZES)[number];

/** Where the answers alone scroll a question does not become smaller than this, which is easy to read. */
const SMALL = SIZES.indexOf('small');

/**
 * The largest size at which the page does not scroll, the smallest where it scrolls at any: long official wordings must
 * leave room for six answers on a small phone. On one that lies on its side the answers alone scroll, and the question stays easy to
 * read. Measured again when the text or the window changes.
 */
export function useQuestionSize(text: string): QuestionSize {
  const [index, setIndex] = useState(0);
  useLayoutEffect(() => setIndex(0), [text]);
  useLayoutEffect(() => {
    const page = document.documentElement;
    const overflow = page.scrollHeight - page.clientHeight;
    const question = page.querySelector('h1')?.clientHeight ?? 0;
    const canHelp = index < SMALL || overflow < question;
    const canShrink = isLong(text) && index < SIZES.length - 1;
    if (overflow > 0 && canHelp && canShrink) setIndex(index + 1);
  }, [index, text]);
  useLayoutEffect(() => {
    const again = () => setIndex(0);
    window.addEventListener('resize', again);
    return () => window.removeEventListener('resize', again);
  }, []);
  return SIZES[index] ?? 'smallest';
}
