import { useSignal } from '@preact/signals';
import type { Assessment } from '#core/contract/assessment.ts';
import type { SealStanding } from '#core/seal/seal-key.ts';
import { useAdmin, useMay, useWords } from '../admin.ts';
import { ActProblem } from '../parts/act-problem.tsx';
import { Failed, Loading } from '../parts/states.tsx';
import { Sure } from '../parts/sure.tsx';
import { useAct } from '../parts/use-act.ts';
import { useLoaded } from '../parts/use-loaded.ts';

/** Which key devices seal responses to; an owner makes a new one, unless the assessment is archived. */
export function SealSection({ assessment }: { assessment: Assessment }) {
  const admin = useAdmin();
  const { t } = useWords();
  const { loaded, retry } = useLoaded(() => admin.api.sealKey(assessment.id), assessment.id);
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

function SealKeyNow({ assessment, first }: { assessment: Assessment; first: SealStanding }) {
  const admin = useAdmin();
  const { t, formats } = useWords();
  const may = useMay();
  const { isBusy, error, act } = useAct();
  const isAsking = useSignal(false);
  const mayRenew = may('own') && assessment.life.state !== 'archived';
  const standing = useSignal(first);
  const { seal } = standing.value;
  if (!seal) return <p>{t('seal.none')}</p>;

  const renew = () =>
    act(async () => {
      standing.value = await admin.api.renewSealKey(assessment.id);
      isAsking.value = false;
      admin.feedback.value = t('seal.renewed');
    });

  return (
    <>
      <p>{t('seal.now', { number: formats.count(seal.number) })}</p>
      <ActProblem error={error} />
      {mayRenew && isAsking.value ? (
        <Sure
          question={t('seal.renewHint')}
          yes={t('seal.renew')}
          no={t('seal.renewNot')}
          isBusy={isBusy}
          onYes={() => void renew()}
          onNo={() => {
            isAsking.value = false;
          }}
        />
      ) : null}
      {mayRenew && !isAsking.value ? (
        <div class="form-acts">
          <button
            type="button"
            class="button"
            onClick={() => {
              isAsking.value = true;
            }}
          >
            {t('seal.renew')}
          </button>
        </div>
      ) : null}
    </>
  );
}
