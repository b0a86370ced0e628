import { join } from 'node:path';
import type { Assessment, AssessmentDraft } from '#core/contract/assessment.ts';
import type { Envelope } from '#core/contract/envelope.ts';
import { plainEnvelope } from '#core/contract/make-envelope.ts';
import { OPEN_LIFE } from '#core/contract/life.ts';
import type { Measure } from '#core/contract/measures.ts';
import type { Response } from '#core/contract/response.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { readInstruments, readOitInstruments, readTemplates } from '#server/read-definitions.ts';
import { numberedUuid } from './numbered-uuid.ts';

const CORE = join(import.meta.dirname, '../../../src/core');

export const INSTRUMENTS = readInstruments(join(CORE, 'instruments'));
export const OIT_INSTRUMENTS = readOitInstruments(join(CORE, 'instruments/oit'));
export const TEMPLATES = readTemplates(join(CORE, 'templates'));

function instrumentOf(id: string): Instrument {
  const instrument = INSTRUMENTS.get(id);
  if (!instrument) throw new Error(`no instrument ${id}`);
  return instrument;
}

export const IIT = instrumentOf('iit-2567');
export const EIT = instrumentOf('eit-2567');

/** The same questionnaires as another version of them: an id of its own, and one item less. */
export const NEXT_IIT: Instrument = { ...IIT, id: 'iit-2599', items: IIT.items.slice(1) };

/** What a later build knows. */
export const MORE_INSTRUMENTS: ReadonlyMap<string, Instrument> = new Map([
  ...INSTRUMENTS,
  [NEXT_IIT.id, NEXT_IIT],
]);

/** A small office: three departments, both instruments. */
export const DRAFT: AssessmentDraft = {
  organization: { th: 'สำนักงานเขตทดสอบ', en: 'Test District Office' },
  fiscalYear: 2568,
  instruments: [IIT.id, EIT.id],
  departments: [1, 2, 3].map((number) => ({
    number,
    name: { th: `ฝ่ายที่ ${number}` },
    targets: { [IIT.id]: number * 10, [EIT.id]: null },
    retired: false,
  })),
  suppressionThreshold: 5,
};

/** What an assessment has besides its draft when it is made. */
export const NEW: Pick<Assessment, 'life' | 'deletedOn'> = { life: OPEN_LIFE, deletedOn: null };

export const ASSESSMENT: Assessment = { id: numberedUuid(900), ...DRAFT, ...NEW };

/** What the small office does about an item that is weak. */
export const MEASURE: Measure = {
  id: numberedUuid(701),
  about: { type: 'item', item: 'I3' },
  action: 'ติดป้าย "ไม่รับของขวัญ" ทุกจุดบริการ',
  steps: 'ออกแบบป้าย\nติดป้าย',
  responsible: 'ฝ่ายปกครอง',
  from: '2024-12-01',
  until: '2025-01-31',
  followUp: 'ถ่ายภาพส่งทุกเดือน',
  state: 'under-way',
  result: 'ติดแล้ว 3 จาก 11 ฝ่าย',
};

/** A finished questionnaire with option 1 everywhere, changed where a test says so. */
export function response(instrument: Instrument, changes: Partial<Response> = {}): Response {
  return {
    instrument: instrument.id,
    language: 'th',
    answers: Object.fromEntries(instrument.items.map(({ code }) => [code, 1])),
    respondent: Object.fromEntries(instrument.fields.map(({ code }) => [code, 1])),
    day: '2024-11-20',
    quality: [],
    ...changes,
  };
}

/** An envelope as a device makes it. */
export function envelope(id: number, channel: string, content: Response = response(IIT)): Envelope {
  return plainEnvelope(numberedUuid(id), channel, content);
}
