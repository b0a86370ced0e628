import { useSignal } from '@preact/signals';
import { type Enrolment, MAX_CODE_CHARACTERS } from '#core/contract/people.ts';
import { inArabicDigits } from '#core/typed-digits.ts';
import { useAdmin, useWords } from '../admin.ts';
import { asApiError } from '../api-error.ts';
import { ActProblem } from '../parts/act-problem.tsx';
import { QrCode } from '../parts/qr-code.tsx';
import { SubmitButton } from '../parts/submit-button.tsx';
import { TextField } from '../parts/text-field.tsx';
import { useAct } from '../parts/use-act.ts';
import { BackupCodes } from './backup-codes.tsx';

/** The secret of an otpauth: address in groups of four, to be typed where no camera is. */
const secretOf = (uri: string) =>
  (/[?&]secret=([A-Z2-7]+)/.exec(uri)?.[1] ?? '').replace(/(.{4})(?=.)/g, '$1 ');

interface EnrolmentFormProps {
  enrolment: Enrolment;
  onDone: () => void;
  /** It was begun again elsewhere: nothing that is shown here opens anything any more. */
  onOver: () => void;
}

/** Shows what the authenticator app reads and the backup codes, and takes the first code. */
export function EnrolmentForm({ enrolment, onDone, onOver }: EnrolmentFormProps) {
  const { api } = useAdmin();
  const { t } = useWords();
  const { isBusy, error, act } = useAct();
  const code = useSignal('');

  async function confirm(event: Event) {
    event.preventDefault();
    await act(async () => {
      try {
        await api.confirmEnrolment(enrolment.id, inArabicDigits(code.value));
        onDone();
      } catch (thrown) {
        if (asApiError(thrown).code !== 'changed-meanwhile') throw thrown;
        onOver();
      }
    });
  }

  return (
    <form class="aside-section" noValidate onSubmit={(event) => void confirm(event)}>
      <p>{t('ownAccount.scan')}</p>
      <div class="enrolment-qr">
        <QrCode text={enrolment.uri} label={t('ownAccount.qr')} />
      </div>
      <p class="hint">
        {t('ownAccount.secret')} <code>{secretOf(enrolment.uri)}</code>
      </p>
      <BackupCodes codes={enrolment.backupCodes} />
      <TextField
        id="enrolment-code"
        label={t('ownAccount.code')}
        value={code.value}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={MAX_CODE_CHARACTERS}
        onInput={(value) => {
          code.value = value;
        }}
      />
      <ActProblem error={error} wrongProof={t('ownAccount.codeWrong')} />
      <div class="form-acts">
        <SubmitButton busy={isBusy}>{t('ownAccount.confirm')}</SubmitButton>
      </div>
    </form>
  );
}
