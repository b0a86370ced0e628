import { useEffect, useRef } from 'preact/hooks';
import type { HandDownOffice } from '#core/contract/hand-down.ts';
import { useWords } from '../admin.ts';
import { ProgressBar } from '../parts/progress-bar.tsx';
import { problemText } from '../problem-text.ts';
import { type HandDownRun, ofLastRun, sumsOf } from './hand-down-run.ts';
import { RefusedOffices } from './refused-offices.tsx';

interface RunToldProps {
  run: HandDownRun;
  offices: readonly HandDownOffice[];
}

function Ended({ run, offices }: RunToldProps) {
  const { t, formats } = useWords();
  const { wanted, outcomes, stoppedBy } = run;
  const { made, changed, nothing, left } = sumsOf(run);
  return (
    <>
      <p class="import-sums">
        {t('handDown.ended', {
          made: formats.count(made),
          changed: formats.count(changed),
          same: formats.count(nothing),
          left: formats.count(left),
        })}
      </p>
      {stoppedBy ? <p class="field-problem">{problemText(t, stoppedBy)}</p> : null}
      {left > 0 ? <p>{t('handDown.again')}</p> : null}
      <RefusedOffices
        offices={offices.filter(({ organization }) => wanted.includes(organization))}
        outcomes={outcomes}
      />
    </>
  );
}

/** How far handing down is, and what came of it. */
export function RunTold({ run, offices }: RunToldProps) {
  const { t, formats } = useWords();
  const { isUnderWay, wanted } = run;
  const done = ofLastRun(run).length;
  const told = useRef<HTMLOutputElement>(null);

  useEffect(() => {
    // The button that began or ended it went with the focus; whoever is elsewhere stays there.
    if (wanted.length > 0 && document.activeElement === document.body) told.current?.focus();
  }, [isUnderWay]);

  return (
    <>
      <output class="import-told" tabIndex={-1} ref={told}>
        {isUnderWay ? <p>{t('handDown.underWay')}</p> : null}
        {isUnderWay || wanted.length === 0 ? null : <Ended run={run} offices={offices} />}
      </output>
      {isUnderWay ? (
        <div aria-hidden="true">
          <ProgressBar share={done / wanted.length} tone="normal" />
          <p class="hint">
            {t('handDown.progress', {
              done: formats.count(done),
              total: formats.count(wanted.length),
            })}
          </p>
        </div>
      ) : null}
    </>
  );
}
