import type { Assessment, ChannelSummary } from '#core/contract/assessment.ts';
import { UNCOUNTED_REASONS } from '#core/contract/uncounted.ts';
import type { SetAside } from '#core/contract/set-aside.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { useMay, useWords } from '../admin.ts';
import { Icon } from '../parts/icon.tsx';
import { problemCodeText } from '../problem-text.ts';
import { ChannelCounts } from './channel-counts.tsx';
import { ExportAct } from './export-act.tsx';
import { RetryAct } from './retry-act.tsx';
import { quarantineGroups, type QuarantineReason } from './set-aside-view.ts';

interface ServerSectionProps {
  assessment: Assessment;
  instruments: Instrument[];
  channels: readonly ChannelSummary[];
  setAside: SetAside;
  /** Whether a channel, by its code, is among those searched for. */
  isShown: (channel: string) => boolean;
  /** Asks for what is set aside anew. */
  refresh: () => void;
}

/** What the server has but does not count, why, and what can be done about it. */
export function ServerSection({ setAside, isShown, refresh, ...known }: ServerSectionProps) {
  const { t } = useWords();
  const may = useMay();
  const groups = quarantineGroups(setAside);
  const { conflicts } = setAside;
  const { uncounted } = setAside;
  const canBeSaved = groups.length + conflicts.length > 0;
  const isEmpty = !canBeSaved && uncounted.length === 0;

  function reasonText(reason: QuarantineReason): string {
    if (typeof reason !== 'string') return problemCodeText(t, reason.problem);
    return t(may('edit') ? `setAside.reasons.${reason}` : `setAside.reasonsToLook.${reason}`);
  }

  return (
    <section class="card aside-section" aria-labelledby="on-server">
      <h2 id="on-server">{t('setAside.onServer')}</h2>
      {isEmpty ? (
        <p class="finding-fine">
          <Icon name="check" />
          {t('setAside.empty')}
        </p>
      ) : (
        <p>{t('setAside.lead')}</p>
      )}
      {groups.map(({ reason, channels: counts }) => (
        <div key={reasonText(reason)} class="aside-group">
          <h3>{reasonText(reason)}</h3>
          <ChannelCounts {...known} counts={counts} isShown={isShown} />
        </div>
      ))}
      {may('edit') ? (
        <RetryAct assessment={known.assessment.id} isShown={groups.length > 0} onDone={refresh} />
      ) : null}
      {conflicts.length === 0 ? null : (
        <div class="aside-group">
          <h3>{t('setAside.conflicts')}</h3>
          <p class="hint">{t('setAside.conflictsWhy')}</p>
          <ChannelCounts {...known} counts={conflicts} isShown={isShown} />
        </div>
      )}
      {UNCOUNTED_REASONS.filter((reason) => uncounted.some((one) => one.reason === reason)).map(
        (reason) => (
          <div key={reason} class="aside-group">
            <h3>{t('setAside.uncounted', { reason: problemCodeText(t, reason) })}</h3>
            <p class="hint">{t('setAside.uncountedWhy')}</p>
            <ChannelCounts
              {...known}
              counts={uncounted.filter((one) => one.reason === reason)}
              isShown={isShown}
            />
          </div>
        ),
      )}
      {!canBeSaved ? null : <ExportAct assessment={known.assessment.id} />}
    </section>
  );
}
