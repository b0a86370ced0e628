import type { Assessment } from '#core/contract/assessment.ts';
import type { Participation } from '#core/contract/participation.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { LEAST_STANDING_OUT, TIMES_THE_USUAL } from '#core/scoring/standing-out.ts';
import { useWords } from '../admin.ts';
import { channelName } from '../names.ts';
import { Icon } from '../parts/icon.tsx';

interface StandingOutNoteProps {
  assessment: Assessment;
  participation: Participation;
  instruments: readonly Instrument[];
}

/** Channels and days on which far more answered than is usual, in words; nothing where none does. */
export function StandingOutNote(props: StandingOutNoteProps) {
  const { assessment, participation, instruments } = props;
  const { t, language, formats } = useWords();
  const found = participation.instruments.flatMap(({ instrument, standingOut }) =>
    standingOut.map((one) => ({
      ...one,
      tool: instruments.find(({ id }) => id === instrument)?.tool ?? '',
    })),
  );
  if (found.length === 0) return null;
  return (
    <aside class="note" aria-labelledby="standing-out">
      <h3 id="standing-out">
        <Icon name="warning" /> {t('overview.standingOut.title')}
      </h3>
      <ul>
        {found.map(({ tool, code, department, day, n, usual }) => {
          const name = `${tool} · ${channelName(assessment, language, t, { department })} (${code})`;
          const numbers = { n: formats.count(n), usual: formats.count(usual) };
          return (
            <li key={`${code} ${day}`}>
              {day === null
                ? t('overview.standingOut.channel', { name, ...numbers })
                : t('overview.standingOut.day', { name, day: formats.day(day), ...numbers })}
            </li>
          );
        })}
      </ul>
      <p class="hint">
        {t('overview.standingOut.rule', {
          least: formats.count(LEAST_STANDING_OUT),
          times: formats.count(TIMES_THE_USUAL),
        })}
      </p>
    </aside>
  );
}
