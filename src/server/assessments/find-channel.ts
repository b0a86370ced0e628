import type { Channel } from '#core/contract/channel.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { dayInBangkok } from '#core/life/day.ts';
import { currentSealKey } from '../sealing/seal-keys.ts';
import type { Storage } from '../storage/storage.ts';
import { channelForRespondent } from './channel-view.ts';

export interface ChannelSource {
  storage: Storage;
  instruments: ReadonlyMap<string, Instrument>;
  /** Milliseconds since 1970. */
  now: () => number;
}

/**
 * The channel of a code as a respondent's device gets it; null if there is none.
 *
 * @throws Error if the build lacks the instrument of a stored channel, which must never happen: instruments are kept for ever
 */
export async function findChannel(
  { storage, instruments, now }: ChannelSource,
  code: string,
): Promise<Channel | null> {
  const [channel] = await storage.findChannels([code]);
  if (!channel) return null;
  const assessment = await storage.findAssessment(channel.assessment);
  const instrument = instruments.get(channel.instrument);
  if (!assessment || !instrument) throw new Error('a channel without its assessment or instrument');
  const sealSecret = await storage.findSealSecret(assessment.id);
  const seal = sealSecret && (await currentSealKey(sealSecret));
  return channelForRespondent(channel, assessment, instrument, seal, dayInBangkok(now()));
}
