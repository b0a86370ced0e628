import { randomUUID } from 'node:crypto';
import { batchReplySchema, type BatchResult } from '#core/contract/batch.ts';
import type { Envelope } from '#core/contract/envelope.ts';
import { plainEnvelope } from '#core/contract/make-envelope.ts';
import type { Language } from '#core/contract/language.ts';
import type { QualityFlag } from '#core/contract/response.ts';
import { instrumentOf } from './definitions.ts';
import type { Office } from './office.ts';

/** One person's questionnaire: option 1 and nothing told about the person, but for what stands here. */
export interface Person {
  answers?: Record<string, number>;
  department?: number;
  /** What else the person told, by the code of the field. */
  respondent?: Record<string, number>;
  quality?: QualityFlag[];
  language?: Language;
}

/** As many people of the same mind. */
export function people(count: number, person: Person = {}): Person[] {
  return Array.from({ length: count }, () => person);
}

/** Questionnaires as a device seals them, through the channel of the whole office. */
export function envelopesOf(
  office: Office,
  instrument: 'iit-2567' | 'eit-2567',
  persons: readonly Person[],
): Envelope[] {
  const { items, fields } = instrumentOf(instrument);
  const { code } = office.channel(instrument, null);
  const littleTold = fields.map((field) => [field.code, field.code === 'service' ? 1 : null]);
  return persons.map(({ answers, department, respondent, quality = [], language = 'th' }) =>
    plainEnvelope(randomUUID(), code, {
      instrument,
      language,
      answers: { ...Object.fromEntries(items.map((item) => [item.code, 1])), ...answers },
      respondent: {
        ...Object.fromEntries(littleTold),
        department: department ?? null,
        ...respondent,
      },
      day: '2025-01-31',
      quality,
    }),
  );
}

/** Sends envelopes through the real endpoint, as devices do; returns what became of each. */
export async function sendEnvelopes(
  office: Office,
  envelopes: readonly Envelope[],
): Promise<BatchResult[]> {
  const reply = await office.request.post(`${office.server.url}/api/v1/batches`, {
    data: { envelopes },
  });
  return batchReplySchema.parse(await reply.json()).results;
}

/** Sends questionnaires through the real endpoint, as devices do; throws unless each of them is accepted. */
export async function sendAnswers(
  office: Office,
  instrument: 'iit-2567' | 'eit-2567',
  persons: readonly Person[],
): Promise<void> {
  const results = await sendEnvelopes(office, envelopesOf(office, instrument, persons));
  const others = results.filter(({ result }) => result !== 'accepted');
  if (others.length > 0) throw new Error(`not accepted: ${JSON.stringify(others)}`);
}
