import type { Assessment, ChannelSummary } from '#core/contract/assessment.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { useWords } from '../admin.ts';
import { ChannelTitle } from '../parts/channel-title.tsx';

interface ChannelCountsProps {
  assessment: Assessment;
  instruments: readonly Instrument[];
  channels: readonly ChannelSummary[];
  counts: ReadonlyArray<{ channel: string; count: number }>;
  /** Whether a channel, by its code, is among those searched for. */
  isShown: (channel: string) => boolean;
}

/** How many responses of each channel. */
export function ChannelCounts({ counts, isShown, ...known }: ChannelCountsProps) {
  const { t, formats } = useWords();
  const shown = counts.filter(({ channel }) => isShown(channel));
  if (shown.length === 0) return <p class="hint">{t('setAside.notSearchedFor')}</p>;
  return (
    <ul class="channel-counts">
      {shown.map(({ channel, count }) => (
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
