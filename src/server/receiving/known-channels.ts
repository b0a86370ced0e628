import type { Assessment } from '#core/contract/assessment.ts';
import type { Storage } from '../storage/storage.ts';
import type { JudgingChannel } from './judge-envelope.ts';

/** The channels that envelopes name, by code; those that do not exist are left out. */
export type ChannelsByCode = ReadonlyMap<string, JudgingChannel>;

/** What the process remembers of channels. */
export interface KnownChannels {
  /** What is remembered; codes that are not, are looked up. May lack a department that was made since. */
  recall(codes: readonly string[]): Promise<ChannelsByCode>;
  /** What storage says now, remembered from then on. */
  lookUp(codes: readonly string[]): Promise<ChannelsByCode>;
}

/**
 * What an envelope is judged by, remembered: a channel's instrument, department and assessment never change, and an
 * assessment's department numbers only grow in number. So what the memory lets in storage would let in as well, also with
 * several servers on one database. Only a refusal needs to be looked up again, and a channel that storage no longer has
 * because its assessment was removed.
 */
export function createKnownChannels(storage: Storage): KnownChannels {
  const known = new Map<string, JudgingChannel>();
  /** By assessment, the same for all its channels: a country has two hundred thousand of them. */
  const knownNumbers = new Map<string, ReadonlySet<number>>();

  const ofThose = (codes: readonly string[]) =>
    new Map(
      codes.flatMap((code) => {
        const channel = known.get(code);
        return channel ? [[code, channel] as const] : [];
      }),
    );

  function noteNumbers({ id, departments }: Assessment) {
    const before = knownNumbers.get(id);
    const isSame =
      before?.size === departments.length && departments.every(({ number }) => before.has(number));
    if (!isSame) knownNumbers.set(id, new Set(departments.map(({ number }) => number)));
  }

  async function lookUp(codes: readonly string[]) {
    const channels = await storage.findChannels(codes);
    for (const code of codes) known.delete(code);
    const assessmentIds = [...new Set(channels.map(({ assessment }) => assessment))];
    const assessments = await Promise.all(assessmentIds.map((id) => storage.findAssessment(id)));
    for (const assessment of assessments) if (assessment) noteNumbers(assessment);
    for (const { code, instrument, department, assessment } of channels)
      known.set(code, {
        assessment,
        instrument,
        department,
        departmentNumbers: knownNumbers.get(assessment) ?? new Set(),
      });
    return ofThose(codes);
  }

  return {
    lookUp,
    async recall(codes) {
      const unknown = codes.filter((code) => !known.has(code));
      if (unknown.length > 0) await lookUp(unknown);
      return ofThose(codes);
    },
  };
}
