import type { Channel } from '#core/contract/channel.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { dayInBangkok } from '#core/life/day.ts';
import type { KnownSealKeys } from '../sealing/known-seal-keys.ts';
import type { Storage } from '../storage/storage.ts';
import { channelForRespondent } from './channel-view.ts';

export interface ChannelSource {
  storage: Storage;
  instruments: ReadonlyMap<string, Instrument>;
  sealKeys: Pick<KnownSealKeys, 'current'>;
  /** Milliseconds since 1970. */
  now: () => number;
}

/**
 * The channel of a code as a respondent's device gets it; null if there is none.
 *
 * @throws Error if the build lacks the instrument of a stored channel, which must never happen: instruments are kept for ever
 */
export async function findChannel(
  { storage, instruments, sealKeys, now }: ChannelSource,
  code: string,
): Promise<Channel | null> {
  const [channel] = await storage.findChannels([code]);
  if (!channel) return null;
  const assessment = await storage.findAssessment(channel.assessment);
  const instrument = instruments.get(channel.instrument);
  if (!assessment || !instrument) throw new Error('a channel without its assessment or instrument');
  const seal = await sealKeys.current(assessment.id);
  const isByCode =
    instrument.tool === 'IIT' && (await storage.areStaffCodesDemanded(assessment.id));
  return channelForRespondent(
    channel,
    assessment,
    instrument,
    { admission: isByCode ? 'code' : 'open', seal },
    dayInBangkok(now()),
  );
}
