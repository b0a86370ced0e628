import { useSignal } from '@preact/signals';
import { useAdmin, useWords } from '../admin.ts';
import { ActProblem } from '../parts/act-problem.tsx';
import { Icon } from '../parts/icon.tsx';
import { Sure } from '../parts/sure.tsx';
import { useAct } from '../parts/use-act.ts';

interface DemandCardProps {
  assessment: string;
  isDemanded: boolean;
  /** Whether any codes were made yet. */
  hasCodes: boolean;
  mayChange: boolean;
  onChange: () => Promise<void>;
}

/** Whether only those of the staff are counted who have a code; says before a change what becomes of answers. */
export function DemandCard(props: DemandCardProps) {
  const { assessment, isDemanded, hasCodes, mayChange, onChange } = props;
  const { api, feedback } = useAdmin();
  const { t } = useWords();
  const { isBusy, error, act } = useAct();
  const isAsking = useSignal(false);
  const words = isDemanded ? 'demanded' : 'open';

  async function change() {
    await api.demandStaffCodes(assessment, !isDemanded);
    isAsking.value = false;
    await onChange();
    feedback.value = t(`staffCodes.${words}.done`);
  }

  return (
    <section class="card form" aria-labelledby="codes-demand">
      <h2 id="codes-demand">{t('staffCodes.who')}</h2>
      <p>
        <strong>{t(`staffCodes.${words}.title`)}</strong>
      </p>
      <p class="hint">{t(`staffCodes.${words}.text`)}</p>
      {!hasCodes && (isDemanded || isAsking.value) ? (
        <ul class="findings">
          <li>
            <Icon name="warning" />
            {t(isDemanded ? 'staffCodes.noneYet' : 'staffCodes.noneYetBefore')}
          </li>
        </ul>
      ) : null}
      <ActProblem error={error} />
      {mayChange && isAsking.value ? (
        <Sure
          question={t(`staffCodes.${words}.sure`)}
          yes={t(`staffCodes.${words}.change`)}
          no={t('staffCodes.leave')}
          isBusy={isBusy}
          onYes={() => void act(change)}
          onNo={() => {
            isAsking.value = false;
          }}
        />
      ) : null}
      {mayChange && !isAsking.value ? (
        <div class="form-acts">
          <button
            type="button"
            class="button"
            onClick={() => {
              isAsking.value = true;
            }}
          >
            {t(`staffCodes.${words}.change`)}
          </button>
        </div>
      ) : null}
    </section>
  );
}
