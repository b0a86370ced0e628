import { Button } from '../../ui/button.tsx';
import { useAdmin, useWords } from '../admin.ts';
import { ActProblem } from '../parts/act-problem.tsx';
import { CopyButton } from '../parts/copy-button.tsx';
import { Page } from '../parts/page.tsx';
import { useAct } from '../parts/use-act.ts';
import { AccountFrame } from './account-frame.tsx';
import { type TypedField, typedText } from './typed-fields.ts';

/** In front of the page of somebody whose account was removed under it: why they cannot go on, and what they typed, to take along. */
export function AccountGonePage({ typed }: { typed: readonly TypedField[] }) {
  const admin = useAdmin();
  const { t } = useWords();
  const { isBusy, error, act } = useAct();
  return (
    <AccountFrame>
      <Page title={t('accountGone.title')} lead={t('accountGone.lead')} isInFront>
        {typed.length === 0 ? null : (
          <section class="card aside-section" aria-labelledby="typed">
            <h2 id="typed">{t('accountGone.typed')}</h2>
            <p>{t('accountGone.typedLead')}</p>
            <dl class="typed">
              {typed.map(({ label, value }) => (
                <div key={`${label} ${value}`}>
                  <dt>{label}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
            <div class="form-acts">
              <CopyButton text={typedText(typed)} what={t('accountGone.typed')} kind="typed" />
            </div>
          </section>
        )}
        <div class="form-acts">
          <Button kind="secondary" isBusy={isBusy} onPress={() => void act(() => admin.signOut())}>
            {t('accountGone.leave')}
          </Button>
        </div>
        <ActProblem error={error} />
      </Page>
    </AccountFrame>
  );
}
