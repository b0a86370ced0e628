import type { Assessment, ChannelSummary } from '#core/contract/assessment.ts';
import { formatChannelCode } from '#core/contract/channel-code.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { useWords } from '../admin.ts';
import { channelName } from '../names.ts';

interface ChannelTitleProps {
  assessment: Assessment;
  instruments: readonly Instrument[];
  channels: readonly ChannelSummary[];
  code: string;
}

/** A channel by its tool and its department, with the code that its poster carries. */
export function ChannelTitle({ assessment, instruments, channels, code }: ChannelTitleProps) {
  const { t, language } = useWords();
  const channel = channels.find((known) => known.code === code);
  const shownCode = <span class="channel-title-code">{formatChannelCode(code)}</span>;
  if (!channel) return shownCode;
  const tool = instruments.find(({ id }) => id === channel.instrument)?.tool ?? channel.instrument;
  return (
    <>
      <span class="tool">{tool}</span> {channelName(assessment, language, t, channel)} {shownCode}
    </>
  );
}
