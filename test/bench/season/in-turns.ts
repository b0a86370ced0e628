/** Does the work for each number from 0, so many at a time; the results in order. */
export async function inTurns<T>(
  count: number,
  atOnce: number,
  work: (number: number) => Promise<T>,
): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next < count) {
        const number = next;
        next += 1;
        results[number] = await work(number);
      }
    }),
  );
  return results;
}
