import type { Log } from './effects.ts';
import { withoutWords } from './problem-response.ts';

/** The library below prints every other error, with its words, and they may be a database's. */
const CLOSED_EARLY = 'ERR_STREAM_PREMATURE_CLOSE';

/**
 * A body from pieces of text that are made as fast as they are taken. Where one cannot be made the connection is cut, so
 * that nobody takes what came for the whole; where nobody takes them any more, no more are made.
 */
export function streamOf(pieces: AsyncGenerator<string>, log: Log): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>(
    {
      async pull(body) {
        try {
          const { done, value } = await pieces.next();
          if (done) body.close();
          else body.enqueue(encoder.encode(value));
        } catch (error) {
          log.error(withoutWords(error), 'a file was cut off');
          body.error(Object.assign(new Error('cut off'), { code: CLOSED_EARLY }));
        }
      },
      async cancel() {
        await pieces.return(undefined);
      },
    },
    { highWaterMark: 1 },
  );
}

/** The same with a first piece that is made already, so that nothing can be refused any more. */
export async function* startingWith(
  first: string,
  rest: AsyncGenerator<string>,
): AsyncGenerator<string> {
  yield first;
  yield* rest;
}
