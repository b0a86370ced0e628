import { envelopeFileSchema } from '#core/contract/envelope-file.ts';

/** Far above what a device can hold; keeps a film that was picked by mistake out of the memory. */
export const MAX_FILE_BYTES = 64 * 1024 * 1024;

/**
 * What is wrong with a file. damaged: not JSON, as when it was copied only in part; newer: of a later version of the format;
 * unreadable: the browser could not read it, as when its stick was pulled out.
 */
export type FileProblem =
  | 'empty'
  | 'too-large'
  | 'unreadable'
  | 'damaged'
  | 'other-kind'
  | 'newer'
  | 'nothing-inside';

export type FileContent =
  | { state: 'ready'; envelopes: readonly unknown[] }
  | { state: 'wrong'; problem: FileProblem };

const wrong = (problem: FileProblem): FileContent => ({ state: 'wrong', problem });

/** Why JSON of another shape than the format's is not taken. */
function problemOfShape(json: unknown): FileProblem {
  if (typeof json !== 'object' || json === null) return 'other-kind';
  const { format, version, envelopes } = json as Record<string, unknown>;
  if (format !== 'sucharit-envelopes') return 'other-kind';
  if (typeof version === 'number' && version > 1) return 'newer';
  return Array.isArray(envelopes) && envelopes.length === 0 ? 'nothing-inside' : 'damaged';
}

/** The envelopes in a file's text. What each of them is worth, the server judges. */
export function readEnvelopes(text: string): FileContent {
  if (text.trim() === '') return wrong('empty');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return wrong('damaged');
  }
  const file = envelopeFileSchema.safeParse(json);
  return file.success
    ? { state: 'ready', envelopes: file.data.envelopes }
    : wrong(problemOfShape(json));
}

/** Reads a file that somebody picked; never rejects. */
export async function readEnvelopeFile(file: Pick<File, 'size' | 'text'>): Promise<FileContent> {
  if (file.size > MAX_FILE_BYTES) return wrong('too-large');
  try {
    return readEnvelopes(await file.text());
  } catch {
    return wrong('unreadable');
  }
}
