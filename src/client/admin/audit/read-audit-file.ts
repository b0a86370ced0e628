import * as z from 'zod/mini';
import { createAuditCheck } from '#core/audit/chain.ts';
import {
  auditEntrySchema,
  auditFileSchema,
  type AuditPage,
  type AuditVerdict,
} from '#core/contract/audit.ts';
import type { Looked } from './verify-log.ts';

/** Between two pauses: some ten milliseconds, so that the page stays quick to touch. */
const ENTRIES_AT_ONCE = 250;

/** What a look at a saved log found. differs: whole in itself, but this server's log has another entry in its place. */
export type FileVerdict = AuditVerdict | { state: 'unreadable' } | { state: 'differs'; at: number };

/** The file with its entries as they are. */
const frameSchema = z.extend(auditFileSchema, { entries: z.array(z.unknown()) });

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/**
 * The file's frame and a reader of its entries, one by one. As it is saved, each entry is a line: so nobody waits until a
 * large file is parsed as a whole. Written in another way it is all the same the same file.
 */
function open(text: string) {
  const lines = text.trimEnd().split('\n');
  const [first = '', ...rest] = lines;
  const frame = frameSchema.safeParse(parseJson(`${first}]}`));
  if (frame.success && rest.pop() === ']}')
    return {
      head: frame.data.head,
      // Without entries there is one line, which is empty.
      count: rest[0] === '' ? 0 : rest.length,
      entryAt: (index: number) => parseJson((rest[index] ?? '').replace(/,$/, '')),
    };
  const whole = frameSchema.safeParse(parseJson(text));
  if (!whole.success) return null;
  const { head, entries } = whole.data;
  return { head, count: entries.length, entryAt: (index: number) => entries[index] };
}

interface JudgeEffects {
  /** Gives the server's entries of lower numbers. */
  readPage: (before: number) => Promise<Pick<AuditPage, 'entries'>>;
  /** Lets the page work for a moment. */
  pause: () => Promise<void>;
  tell: (looked: Looked) => void;
}

/**
 * Verifies a log that was saved to a file: by itself, and against the server's log of today, which must still have the
 * file's last entry.
 */
export async function judgeAuditFile(
  text: string,
  { readPage, pause, tell }: JudgeEffects,
): Promise<FileVerdict> {
  const file = open(text);
  if (!file) return { state: 'unreadable' };
  const { head, count, entryAt } = file;
  const check = createAuditCheck(head);
  for (let done = 1; done <= count; done += 1) {
    const entry = auditEntrySchema.safeParse(entryAt(done - 1));
    if (!entry.success) return { state: 'unreadable' };
    check.take(entry.data);
    if (done % ENTRIES_AT_ONCE === 0) {
      tell({ done, total: count });
      await pause();
    }
  }
  const verdict = check.verdict();
  if (verdict.state === 'broken' || head.number === 0) return verdict;
  const [same] = (await readPage(head.number + 1)).entries;
  return same?.hash === head.hash ? verdict : { state: 'differs', at: head.number };
}
