import { describe, expect, it } from 'vitest';
import { envelopeFile } from '#core/contract/envelope-file.ts';
import { plainEnvelope } from '#core/contract/make-envelope.ts';
import { MAX_FILE_BYTES, readEnvelopeFile } from '#client/admin/import/read-envelope-file.ts';

const response = {
  instrument: 'iit-2567',
  language: 'th',
  answers: { I1: 1 },
  respondent: { department: null },
  day: '2025-01-31',
  quality: [],
} as const;
const envelope = plainEnvelope('9b2f4a1e-5c1d-4f0a-8f57-0d6f3a3f2b10', 'HMFH4MEC', {
  ...response,
  quality: [],
});
const text = envelopeFile([envelope, envelope]);

const read = (content: string) =>
  readEnvelopeFile({ size: content.length, text: () => Promise.resolve(content) });
const wrong = (problem: string) => ({ state: 'wrong', problem });

describe('a file that is imported', () => {
  it('gives the envelopes that a device saved', async () => {
    expect(await read(text)).toEqual({ state: 'ready', envelopes: [envelope, envelope] });
  });

  it('may hold envelopes that nobody can open: the server judges each of them', async () => {
    const file = { format: 'sucharit-envelopes', version: 1, envelopes: [envelope, null, 'x'] };
    expect(await read(JSON.stringify(file))).toMatchObject({ state: 'ready' });
  });

  it.each([
    ['is empty', '', 'empty'],
    ['is blank', ' \n', 'empty'],
    ['was copied in part', text.slice(0, -20), 'damaged'],
    ['is no JSON', 'PK\u0003\u0004', 'damaged'],
    ['lost its envelopes', '{"format":"sucharit-envelopes","version":1}', 'damaged'],
    ['is of another program', '{"name":"sucharit"}', 'other-kind'],
    ['is a list', '[1,2]', 'other-kind'],
    ['is only null', 'null', 'other-kind'],
    ['is of a later version', '{"format":"sucharit-envelopes","version":2,"pages":[]}', 'newer'],
    [
      'holds nothing',
      '{"format":"sucharit-envelopes","version":1,"envelopes":[]}',
      'nothing-inside',
    ],
  ])('that %s is told as such', async (_what, content, problem) => {
    expect(await read(content)).toEqual(wrong(problem));
  });

  it('is not read when it is far too large', async () => {
    const film = { size: MAX_FILE_BYTES + 1, text: () => Promise.reject(new Error('read')) };
    expect(await readEnvelopeFile(film)).toEqual(wrong('too-large'));
  });

  it('that cannot be read is told as such', async () => {
    const gone = { size: 10, text: () => Promise.reject(new DOMException('', 'NotReadableError')) };
    expect(await readEnvelopeFile(gone)).toEqual(wrong('unreadable'));
  });
});
