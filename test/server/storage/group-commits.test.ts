import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { sha256 } from '#server/sha256.ts';
import { groupCommits } from '#server/storage/group-commits.ts';
import type { Keeping, ResponsesToKeep, StoredResponse } from '#server/storage/storage.ts';
import { numberedUuid } from '../support/numbered-uuid.ts';

const body = '{}';

function batchOf(...numbers: number[]): ResponsesToKeep {
  const responses = numbers.map((number): StoredResponse => ({
    id: numberedUuid(number),
    channel: 'AAAAAAAA',
    day: '2024-11-20',
    digest: sha256(body),
    body,
  }));
  return { responses, quarantined: [] };
}

const numbersOf = ({ responses }: ResponsesToKeep) =>
  responses.map(({ id }) => Number(id.slice(-12)));

const errorOf = (message: string, code?: string) => Object.assign(new Error(message), { code });

/** Transactions that a test decides about: `transactions` has the numbers of each, in order. */
function commitsThat(decide: (numbers: readonly number[]) => Keeping[]) {
  const transactions: number[][] = [];
  const { keepResponses: keep, expecting } = groupCommits(async (toKeep) => {
    const numbers = numbersOf(toKeep);
    transactions.push(numbers);
    return decide(numbers);
  });
  /** What each call hears: what became of its responses, or the error's message. */
  const hear = (...batches: ResponsesToKeep[]) =>
    Promise.all(batches.map((batch) => keep(batch).catch((error: Error) => error.message)));
  return { transactions, keep, expecting, hear };
}

/** So many turns of the event loop. */
async function turns(number: number): Promise<void> {
  for (let turn = 0; turn < number; turn++) await setImmediate();
}

// However slow the machine is, no time goes by but where a test says so.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Odd numbers are new, even ones are known. */
const evenOnesAreKnown = (numbers: readonly number[]) =>
  numbers.map((number): Keeping => (number % 2 === 0 ? 'duplicate' : 'accepted'));

describe('batches that come at the same time', () => {
  test('share a transaction, and each hears of its own responses in order', async () => {
    const { transactions, hear } = commitsThat(evenOnesAreKnown);
    expect(await hear(batchOf(1, 2), batchOf(), batchOf(4, 3, 5))).toEqual([
      ['accepted', 'duplicate'],
      [],
      ['duplicate', 'accepted', 'accepted'],
    ]);
    expect(transactions).toEqual([[1, 2, 4, 3, 5]]);
  });

  test('share it also where each comes a turn of the event loop after the other', async () => {
    const { transactions, keep } = commitsThat(evenOnesAreKnown);
    let turn = setImmediate();
    const sent = [keep(batchOf(1))];
    for (const number of [2, 3]) {
      await turn;
      turn = setImmediate();
      sent.push(keep(batchOf(number)));
    }
    expect(await Promise.all(sent)).toEqual([['accepted'], ['duplicate'], ['accepted']]);
    expect(transactions).toEqual([[1, 2, 3]]);
  });

  test('share it with those that are still being judged, however many turns that takes', async () => {
    const { transactions, keep, expecting } = commitsThat(evenOnesAreKnown);
    const judging = Promise.withResolvers<number>();
    const last = expecting(judging.promise).then((number) => keep(batchOf(number)));
    const first = keep(batchOf(1));
    await turns(50);
    expect(transactions).toEqual([]);
    judging.resolve(2);
    expect(await Promise.all([first, last])).toEqual([['accepted'], ['duplicate']]);
    expect(transactions).toEqual([[1, 2]]);
  });

  test('are kept after a moment without what is judged for longer, and what cannot be judged holds up nobody', async () => {
    const { transactions, keep, expecting } = commitsThat(evenOnesAreKnown);
    const judging = Promise.withResolvers<number>();
    const judged = expecting(judging.promise);
    const first = keep(batchOf(1));
    await turns(10);
    expect(transactions).toEqual([]);
    vi.advanceTimersByTime(8);
    expect(await first).toEqual(['accepted']);
    judging.reject(new Error('cannot be judged'));
    await expect(judged).rejects.toThrow('cannot be judged');
    expect(await keep(batchOf(3))).toEqual(['accepted']);
    expect(transactions).toEqual([[1], [3]]);
  });

  test('while a commit runs wait for the next, and none is answered before its own', async () => {
    const answered: string[] = [];
    const commits: (() => void)[] = [];
    const transactions: number[][] = [];
    const begun = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const { keepResponses: keep } = groupCommits(async (toKeep) => {
      transactions.push(numbersOf(toKeep));
      const { promise, resolve } = Promise.withResolvers<void>();
      commits.push(resolve);
      begun[commits.length - 1]?.resolve();
      await promise;
      return evenOnesAreKnown(numbersOf(toKeep));
    });
    const send = (name: string, batch: ResponsesToKeep) =>
      keep(batch).then(() => answered.push(name));

    const first = send('first', batchOf(1));
    await begun[0]?.promise;
    const later = [send('second', batchOf(2)), send('third', batchOf(3))];
    expect(transactions).toEqual([[1]]);
    commits[0]?.();
    await first;
    await begun[1]?.promise;
    expect(answered).toEqual(['first']);
    commits[1]?.();
    await Promise.all(later);
    expect(answered).toEqual(['first', 'second', 'third']);
    expect(transactions).toEqual([[1], [2, 3]]);
  });

  test('with a bad one among them are kept one by one, and only the bad one fails', async () => {
    const { transactions, hear } = commitsThat((numbers) => {
      if (numbers.includes(13)) throw errorOf('foreign key', 'SQLITE_CONSTRAINT_FOREIGNKEY');
      return evenOnesAreKnown(numbers);
    });
    expect(await hear(batchOf(1), batchOf(3, 13), batchOf(2))).toEqual([
      ['accepted'],
      'foreign key',
      ['duplicate'],
    ]);
    expect(transactions).toEqual([[1, 3, 13, 2], [1], [3, 13], [2]]);
  });

  test('with the disk full all fail, those before and after do not', async () => {
    let isFull = false;
    const { transactions, hear } = commitsThat((numbers) => {
      if (isFull) throw errorOf('disk full', 'SQLITE_FULL');
      return evenOnesAreKnown(numbers);
    });
    expect(await hear(batchOf(1), batchOf(3))).toEqual([['accepted'], ['accepted']]);
    isFull = true;
    expect(await hear(batchOf(5), batchOf(7))).toEqual(['disk full', 'disk full']);
    isFull = false;
    expect(await hear(batchOf(5), batchOf(7))).toEqual([['accepted'], ['accepted']]);
    expect(transactions).toEqual([
      [1, 3],
      [5, 7],
      [5, 7],
    ]);
  });

  test('of many rows are spread over transactions of at most 500, in the order they came', async () => {
    const { transactions, hear } = commitsThat(evenOnesAreKnown);
    const batches = Array.from({ length: 21 }, (_, batch) =>
      batchOf(...Array.from({ length: 99 }, (__, index) => batch * 99 + index)),
    );
    const heard = await hear(...batches);
    expect(heard).toEqual(batches.map((batch) => evenOnesAreKnown(numbersOf(batch))));
    expect(transactions.map(({ length }) => length)).toEqual([495, 495, 495, 495, 99]);
    expect(transactions.flat()).toEqual(batches.flatMap(numbersOf));
  });
});
