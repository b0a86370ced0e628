import type { Assessment, ChannelSummary } from '#core/contract/assessment.ts';
import type { Channel } from '#core/contract/channel.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import type { StoredChannel } from '../storage/storage.ts';

/** A channel is open unless an admin closed it or its department is retired. */
function stateOf(channel: StoredChannel, assessment: Assessment): 'open' | 'closed' {
  const isRetired = assessment.departments.some(
    ({ number, retired }) => retired && number === channel.department,
  );
  return isRetired ? 'closed' : channel.state;
}

/** The channel as a respondent's device gets it. */
export function channelForRespondent(
  channel: StoredChannel,
  assessment: Assessment,
  instrument: Instrument,
): Channel {
  return {
    code: channel.code,
    state: stateOf(channel, assessment),
    organization: assessment.organization,
    fiscalYear: assessment.fiscalYear,
    instrument,
    department: channel.department,
    service: channel.service,
    departments: assessment.departments
      .filter(({ retired, number }) => !retired || number === channel.department)
      .map(({ number, name }) => ({ number, name })),
  };
}

/** The channel as the admin's list and the posters get it. */
export function channelForAdmin(
  channel: StoredChannel,
  assessment: Assessment,
  publicUrl: string,
): ChannelSummary {
  const { code, instrument, department, service } = channel;
  const state = stateOf(channel, assessment);
  return { code, url: `${publicUrl}/s/${code}`, state, instrument, department, service };
}
