import { useSignal } from '@preact/signals';
import type { SealStanding } from '#core/seal/seal-key.ts';
import { useAdmin, useMay, useWords } from '../admin.ts';
import { ActProblem } from '../parts/act-problem.tsx';
import { Failed, Loading } from '../parts/states.tsx';
import { useAct } from '../parts/use-act.ts';
import { useLoaded } from '../parts/use-loaded.ts';

/** Which key devices seal responses to; an owner makes a new one. */
export function SealSection({ assessment }: { assessment: string }) {
  const admin = useAdmin();
  const { t } = useWords();
  const { loaded, retry } = useLoaded(() => admin.api.sealKey(assessment), assessment);
  const view = loaded.value;
  return (
    <section class="card form" aria-labelledby="settings-seal">
      <h2 id="settings-seal">{t('seal.title')}</h2>
      <p class="hint">{t('seal.text')}</p>
      {view.state === 'loading' && <Loading />}
      {view.state === 'failed' && <Failed error={view.error} retry={retry} />}
      {view.state === 'ready' && <SealKeyNow assessment={assessment} first={view.value} />}
    </section>
  );
}

function SealKeyNow({ assessment, first }: { assessment: string; first: SealStanding }) {
  const admin = useAdmin();
  const { t, formats } = useWords();
  const may = useMay();
  const { isBusy, error, act } = useAct();
  const standing = useSignal(first);
  const { seal } = standing.value;
  if (!seal) return <p>{t('seal.none')}</p>;

  const renew = () =>
    act(async () => {
      standing.value = await admin.api.renewSealKey(assessment);
      admin.feedback.value = t('seal.renewed');
    });

  return (
    <>
      <p>{t('seal.now', { number: formats.count(seal.number) })}</p>
      <ActProblem error={error} />
      {may('own') ? (
        <div class="form-acts">
          <button
            type="button"
            class="button"
            aria-disabled={isBusy}
            aria-describedby="seal-renew-hint"
            onClick={() => void renew()}
          >
            {t('seal.renew')}
          </button>
          <p id="seal-renew-hint" class="hint">
            {t('seal.renewHint')}
          </p>
        </div>
      ) : null}
    </>
  );
}
