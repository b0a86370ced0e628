import { useWords } from '../admin.ts';
import { Icon } from '../parts/icon.tsx';
import { problemCodeText } from '../problem-text.ts';
import { refusedIn, unsentIn, type ImportEnd, type ImportCounts } from './import-state.ts';
import type { Import } from './use-import.ts';

type Ended = Extract<Import, { state: 'wrong' | 'ended' }>;

/** What became of the envelopes, a line for each fate that befell any. */
function Counts({ counts }: { counts: ImportCounts }) {
  const { t, formats } = useWords();
  const lines = [
    { key: 'accepted', icon: 'check', n: counts.accepted },
    { key: 'known', icon: 'check', n: counts.known },
    { key: 'quarantined', icon: 'aside', n: counts.quarantined },
    { key: 'conflicts', icon: 'aside', n: counts.conflicts },
    { key: 'uncounted', icon: 'aside', n: counts.uncounted },
    { key: 'refused', icon: 'warning', n: refusedIn(counts) },
    { key: 'unsent', icon: 'waiting', n: unsentIn(counts) },
  ] as const;
  return (
    <ul class="findings">
      {lines
        .filter(({ n }) => n > 0)
        .map(({ key, icon, n }) => (
          <li key={key}>
            <Icon name={icon} />
            <div>
              {t(`import.result.${key}`, { count: n, n: formats.count(n) })}
              {key === 'refused' ? (
                <ul class="reasons">
                  {[...counts.refused].map(([code, count]) => (
                    <li key={code}>
                      {t('import.because', {
                        n: formats.count(count),
                        reason: problemCodeText(t, code),
                      })}
                    </li>
                  ))}
                </ul>
              ) : null}
            </div>
          </li>
        ))}
    </ul>
  );
}

/** How an import ended, in words, and what to do next. */
export function ImportResult({ of: ended }: { of: Ended }) {
  const { t } = useWords();

  function endText(end: ImportEnd): string {
    return end.kind === 'refused' ? problemCodeText(t, end.problem) : t(`import.end.${end.kind}`);
  }

  if (ended.state === 'wrong')
    return (
      <div class="aside-trouble">
        <Icon name="warning" />
        <p>
          <strong>{ended.file}</strong> {t(`import.wrong.${ended.problem}`)}
        </p>
      </div>
    );
  const { counts, end, file } = ended;
  const isWhole = end.kind === 'finished' && refusedIn(counts) === 0;
  return (
    <div class={isWhole ? 'note' : 'note note-trouble'}>
      <h3>{file}</h3>
      <p>{endText(end)}</p>
      <Counts counts={counts} />
      {unsentIn(counts) > 0 ? <p>{t('import.again')}</p> : null}
    </div>
  );
}
