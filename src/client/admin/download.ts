import { RESPONSES_HEADER } from '#core/contract/report.ts';
import { ApiError } from './api-error.ts';

/** How long nothing may come before a file is given up: that of a large office is counted before its first byte leaves. */
export const SILENCE_LIMIT_MS = 60_000;

/** How many responses of a file are here, of how many; null = a file of something else. */
export type Progress = { done: number; total: number } | null;

/** Whoever waits for a file. */
export interface Watch {
  /** Gives it up when it is aborted. */
  signal: AbortSignal;
  tell: (progress: Progress) => void;
}

type Downloaded =
  | { state: 'whole'; content: Blob }
  | { state: 'refused'; status: number; content: ArrayBuffer };

const LINE_BREAK = 10;

/** Lines that end in this piece. */
const linesIn = (bytes: Uint8Array): number =>
  bytes.reduce((lines, byte) => lines + (byte === LINE_BREAK ? 1 : 0), 0);

/** Only a text file can be counted while it comes. */
function totalOf(headers: Headers): number | null {
  if (headers.get('content-type')?.startsWith('text/csv') !== true) return null;
  const told = headers.get(RESPONSES_HEADER);
  return told !== null && /^\d+$/.test(told) ? Number(told) : null;
}

/**
 * Gets a file, to its end or not at all. A text file whose header says how many responses it holds has a line for its
 * heads and one for each of them, which tells how far it is and whether it is whole.
 *
 * @throws ApiError unreachable where it did not begin, cut-off where it did not end or holds another number
 */
export async function download(
  fetch: typeof globalThis.fetch,
  path: string,
  watch?: Watch,
): Promise<Downloaded> {
  const limit = new AbortController();
  const stop = () => limit.abort();
  watch?.signal.addEventListener('abort', stop);
  let timer = setTimeout(stop, SILENCE_LIMIT_MS);
  let hasBegun = false;
  try {
    const reply = await fetch(path, { credentials: 'same-origin', signal: limit.signal });
    if (!reply.ok)
      return { state: 'refused', status: reply.status, content: await reply.arrayBuffer() };
    hasBegun = true;
    const total = totalOf(reply.headers);
    const pieces: Uint8Array<ArrayBuffer>[] = [];
    let lines = 0;
    const reader = reply.body?.getReader();
    for (;;) {
      const piece = await reader?.read();
      if (!piece || piece.done) break;
      clearTimeout(timer);
      timer = setTimeout(stop, SILENCE_LIMIT_MS);
      pieces.push(piece.value);
      lines += linesIn(piece.value);
      watch?.tell(total === null ? null : { done: Math.min(total, Math.max(0, lines - 1)), total });
    }
    if (total !== null && lines !== total + 1) throw new ApiError('cut-off');
    return { state: 'whole', content: new Blob(pieces) };
  } catch {
    throw new ApiError(hasBegun ? 'cut-off' : 'unreachable');
  } finally {
    clearTimeout(timer);
    watch?.signal.removeEventListener('abort', stop);
  }
}
