import { digestOf } from '#core/contract/digest.ts';

/** So many hashes at a time: some milliseconds on an old phone, in which no tap is late. */
const SLICE = 1_000;

/**
 * What a flooded channel wants (core/contract/problem.ts), done: the number that was found in the place of the largest; null where there is
 * none. In slices, with the page's own work between them.
 */
export async function solveWork(work: string): Promise<string | null> {
  const [most, salt, challenge, signature] = work.split(' ');
  for (let number = 0; number <= Number(most); number += 1) {
    if (digestOf(`${salt}${number}`) === challenge)
      return [number, salt, challenge, signature].join(' ');
    if (number % SLICE === 0) await new Promise((resolve) => setTimeout(resolve));
  }
  return null;
}
