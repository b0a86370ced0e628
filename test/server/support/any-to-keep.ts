// An assessment with channels, another beside it, and any responses to them.
import { canonicalJson } from '#core/contract/canonical-json.ts';
import { LANGUAGES } from '#core/contract/language.ts';
import type { Response } from '#core/contract/response.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { sha256 } from '#server/sha256.ts';
import type { ResponseToKeep, StoredChannel } from '#server/storage/storage.ts';
import type { Dice } from '../../chaos/dice.ts';
import { ASSESSMENT, EIT, IIT, response } from './fixtures.ts';
import { numberedUuid } from './numbered-uuid.ts';

export const OTHER_ASSESSMENT = { ...ASSESSMENT, id: numberedUuid(901), fiscalYear: 2569 };

const channelOf = (
  code: string,
  instrument: Instrument,
  department: number | null,
  assessment = ASSESSMENT.id,
): StoredChannel => ({
  code,
  assessment,
  instrument: instrument.id,
  department,
  service: null,
  state: 'open',
});

export const CHANNELS = [
  channelOf('AAAAAAAA', IIT, null),
  channelOf('CCCCCCCC', IIT, 2),
  channelOf('EEEEEEEE', EIT, null),
  channelOf('BBBBBBBB', EIT, 1),
];
export const OTHER_CHANNELS = [channelOf('DDDDDDDD', EIT, null, OTHER_ASSESSMENT.id)];

function anyResponse(dice: Dice, instrument: Instrument): Response {
  const answers = instrument.items.map(({ code }) => [code, dice.between(1, 2)] as const);
  const said = instrument.fields.map(
    ({ code }) => [code, dice.chance(0.2) ? null : dice.between(1, 2)] as const,
  );
  return response(instrument, {
    answers: Object.fromEntries(answers),
    respondent: Object.fromEntries(said),
    language: dice.pick(LANGUAGES),
    quality: dice.chance(0.2) ? ['too-fast'] : [],
  });
}

export function toKeep(dice: Dice, { code, instrument }: StoredChannel): ResponseToKeep {
  const known = instrument === IIT.id ? IIT : EIT;
  const body = canonicalJson(anyResponse(dice, known));
  return {
    id: dice.uuid(),
    channel: code,
    day: dice.pick(['2024-11-20', '2024-11-21']),
    digest: sha256(body),
    body,
    ...(dice.chance(0.2) && { display: dice.pick(['display', 'old-code'] as const) }),
  };
}
