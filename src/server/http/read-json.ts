import type * as z from 'zod/mini';
import { MAX_BATCH_BYTES } from '#core/contract/protocol.ts';
import { ProblemError } from './problem-error.ts';

async function readBytes(request: Request, maximumBytes: number): Promise<Uint8Array> {
  const declared = Number(request.headers.get('content-length') ?? 0);
  if (declared > maximumBytes) throw new ProblemError('body-too-large');
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Counted while it comes in, so that a body without a length, or with a false one, is not held in memory either.
  for await (const chunk of request.body ?? []) {
    length += chunk.byteLength;
    if (length > maximumBytes) throw new ProblemError('body-too-large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
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
 * The place of the first issue, such as `departments.3.name`. Stops at a name that the sender may have made up: what was
 * sent is never repeated.
 */
export function placeOf(error: z.core.$ZodError): string {
  const [issue] = error.issues;
  const path = issue?.path ?? [];
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
  maximumBytes: number = MAX_BATCH_BYTES,
): Promise<z.infer<Schema>> {
  const result = schema.safeParse(parseJson(decode(await readBytes(request, maximumBytes))));
  if (!result.success) throw new ProblemError('invalid-request', placeOf(result.error));
  return result.data;
}
