import type { Assessment, ChannelSummary } from '#core/contract/assessment.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { useWords } from '../admin.ts';
import { ChannelTitle } from '../parts/channel-title.tsx';

interface ChannelCountsProps {
  assessment: Assessment;
  instruments: readonly Instrument[];
  channels: readonly ChannelSummary[];
  counts: ReadonlyArray<{ channel: string; count: number }>;
}

/** How many responses of each channel. */
export function ChannelCounts({ counts, ...known }: ChannelCountsProps) {
  const { t, formats } = useWords();
  return (
    <ul class="channel-counts">
      {counts.map(({ channel, count }) => (
        <li key={channel}>
          <span>
            <ChannelTitle {...known} code={channel} />
          </span>
          <span class="finding-figure">
            {t('setAside.responses', { count, n: formats.count(count) })}
          </span>
        </li>
      ))}
    </ul>
  );
}
