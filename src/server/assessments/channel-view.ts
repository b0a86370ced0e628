import type { Assessment, ChannelSummary } from '#core/contract/assessment.ts';
import type { Channel } from '#core/contract/channel.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { stateOn } from '#core/life/state-on.ts';
import type { StoredChannel } from '../storage/storage.ts';

/** A channel is open unless an admin closed it or its department is retired. */
function stateOf(channel: StoredChannel, assessment: Assessment): 'open' | 'closed' {
  const isRetired = assessment.departments.some(
    ({ number, retired }) => retired && number === channel.department,
  );
  return isRetired ? 'closed' : channel.state;
}

/** What a visitor is told of the assessment on a day: whether it takes new answers, and if not yet, from when on. */
function stateForVisitors({ life, deletedOn }: Assessment, day: string) {
  const state = deletedOn === null ? stateOn(life, day) : 'closed';
  if (state === 'draft') return { state: 'closed', upcoming: { opensOn: life.opensOn } } as const;
  return { state: state === 'open' ? 'open' : 'closed', upcoming: null } as const;
}

/** The channel as a respondent's device gets it on a day (ISO, in Thailand). */
export function channelForRespondent(
  channel: StoredChannel,
  assessment: Assessment,
  instrument: Instrument,
  { admission, seal }: Pick<Channel, 'admission' | 'seal'>,
  day: string,
): Channel {
  const { state, upcoming } = stateForVisitors(assessment, day);
  const isChannelClosed = stateOf(channel, assessment) === 'closed';
  return {
    code: channel.code,
    state: isChannelClosed ? 'closed' : state,
    upcoming: isChannelClosed ? null : upcoming,
    organization: assessment.organization,
    fiscalYear: assessment.fiscalYear,
    instrument,
    department: channel.department,
    service: channel.service,
    departments: assessment.departments
      .filter(({ retired, number }) => !retired || number === channel.department)
      .map(({ number, name }) => ({ number, name })),
    suppressionThreshold: assessment.suppressionThreshold,
    ...(assessment.complaints && { complaints: assessment.complaints }),
    admission,
    seal,
  };
}

/** The channel as the admin's list and the posters get it: its own state, whatever that of its assessment. */
export function channelForAdmin(
  channel: StoredChannel,
  assessment: Assessment,
  publicUrl: string,
): ChannelSummary {
  const { code, instrument, department, service } = channel;
  const state = stateOf(channel, assessment);
  return { code, url: `${publicUrl}/s/${code}`, state, instrument, department, service };
}
