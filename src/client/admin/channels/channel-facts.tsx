import type { ChannelSummary } from '#core/contract/assessment.ts';
import type { RespondentField } from '#core/instruments/instrument.ts';
import { useWords } from '../admin.ts';

interface ChannelFactsProps {
  channel: ChannelSummary;
  /** The respondent field that the channel may answer, where there is one. */
  field: RespondentField | undefined;
}

/** How a channel is set, for somebody who may only look. */
export function ChannelFacts({ channel, field }: ChannelFactsProps) {
  const { t, texts } = useWords();
  const services = texts.instrument(channel.instrument)?.fields[field?.code ?? '']?.options;
  const service = channel.service === null ? undefined : services?.[channel.service];
  return (
    <>
      <p>
        <span class="tag">{t(channel.state === 'open' ? 'channels.open' : 'channels.closed')}</span>
      </p>
      {field ? (
        <p>
          {t('channels.service')}: {service ?? channel.service ?? t('channels.serviceAsked')}
        </p>
      ) : null}
    </>
  );
}
