import { useWords } from '../admin.ts';
import { Icon } from '../parts/icon.tsx';
import { ProgressBar } from '../parts/progress-bar.tsx';
import type { OitView, Progress } from './checklist-view.ts';

/** What the office gives itself, and how far it is. */
export function OitSummary({ view, progress }: { view: OitView; progress: Progress }) {
  const { t, formats } = useWords();
  const { items, published, judged, missing, overdue } = progress;
  const isOpen = view.score === null;
  const bars = [
    { done: published, text: 'oit.published' },
    { done: judged, text: 'oit.judgedCount' },
  ];
  return (
    <div class="pair">
      <section class="card answer" aria-labelledby="oit-score">
        <h2 id="oit-score">{t('oit.scoreTitle')}</h2>
        <p class="figure">
          <strong>{formats.score(view.score ?? view.least ?? '0')}</strong>
        </p>
        {isOpen ? (
          <p>
            {t('oit.scoreOpen', {
              count: items - judged,
              n: formats.count(items - judged),
              most: formats.score(view.most ?? '0'),
            })}
          </p>
        ) : null}
        <p class="hint">{t('oit.scoreNote')}</p>
      </section>
      <section class="card answer" aria-labelledby="oit-progress">
        <h2 id="oit-progress">{t('oit.progressTitle')}</h2>
        {bars.map(({ done, text }) => (
          <div key={text}>
            <p class="verdict">
              <span>{t(text)}</span>
              <span class="verdict-share">
                {t('oit.nOf', { n: formats.count(done), of: formats.count(items) })}
              </span>
            </p>
            <ProgressBar share={done / items} tone={done === items ? 'reached' : 'normal'} />
          </div>
        ))}
        <ul class="findings">
          {missing === 0 ? (
            <li class="finding-fine">
              <Icon name="check" />
              {t('oit.nothingMissing')}
            </li>
          ) : (
            <li>
              <Icon name="behind" />
              {t('oit.missingCount', { count: missing, n: formats.count(missing) })}
            </li>
          )}
          {overdue === 0 ? null : (
            <li>
              <Icon name="warning" />
              {t('oit.overdueCount', { count: overdue, n: formats.count(overdue) })}
            </li>
          )}
        </ul>
      </section>
    </div>
  );
}
