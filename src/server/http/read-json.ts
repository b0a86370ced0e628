import type * as z from 'zod/mini';
import { MAX_BATCH_BYTES } from '#core/contract/protocol.ts';
import { ProblemError } from './problem-error.ts';
import { findUnreadable } from './readable-text.ts';

async function readBytes(request: Request, maximumBytes: number): Promise<Uint8Array> {
  const declared = request.headers.get('content-length');
  if (Number(declared ?? 0) > maximumBytes) throw new ProblemError('body-too-large');
  // Node's parser lets no more bytes through than were declared, and reading them in one piece is much cheaper.
  if (declared !== null) return new Uint8Array(await request.arrayBuffer());
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Counted while it comes in, so that a body without a length is not held in memory either.
  for await (const chunk of request.body ?? []) {
    length += chunk.byteLength;
    if (length > maximumBytes) throw new ProblemError('body-too-large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A sender who is cut off hears no answer; it is the network's doing and nothing for the log of errors. */
async function readWhole(request: Request, maximumBytes: number): Promise<Uint8Array> {
  try {
    return await readBytes(request, maximumBytes);
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw new ProblemError('invalid-request', 'body');
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ProblemError('not-utf8');
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ProblemError('malformed-json');
  }
}

/**
 * The body of a request as text.
 *
 * @throws ProblemError body-too-large, not-utf8
 */
export async function readText(request: Request, maximumBytes: number): Promise<string> {
  return decode(await readWhole(request, maximumBytes));
}

/**
 * The place of the first issue, such as `departments.3.name`. Stops at a name that the sender may have made up: what was
 * sent is never repeated.
 */
export const placeOf = (error: z.core.$ZodError) => toldPlace(error.issues[0]?.path ?? []);

function toldPlace(path: readonly PropertyKey[]): string {
  const foreign = path.findIndex(
    (part) => typeof part !== 'number' && !/^[a-z][A-Za-z]{0,19}$/.test(String(part)),
  );
  return (foreign < 0 ? path : path.slice(0, foreign)).map(String).join('.') || 'body';
}

/**
 * The body of a request, read and parsed once.
 *
 * @throws ProblemError body-too-large, not-utf8, malformed-json, invalid-request
 */
export async function readJson<Schema extends z.ZodMiniType>(
  request: Request,
  schema: Schema,
  maximumBytes?: number,
): Promise<z.infer<Schema>> {
  const data = await readJsonAsSent(request, schema, maximumBytes);
  const unreadable = findUnreadable(data);
  if (unreadable) throw new ProblemError('invalid-request', toldPlace(unreadable));
  return data;
}

/**
 * As readJson, with whatever texts are in it: for parts that are judged one by one.
 *
 * @throws ProblemError body-too-large, not-utf8, malformed-json, invalid-request
 */
export async function readJsonAsSent<Schema extends z.ZodMiniType>(
  request: Request,
  schema: Schema,
  maximumBytes: number = MAX_BATCH_BYTES,
): Promise<z.infer<Schema>> {
  const result = schema.safeParse(parseJson(await readText(request, maximumBytes)));
  if (!result.success) throw new ProblemError('invalid-request', placeOf(result.error));
  return result.data;
}
