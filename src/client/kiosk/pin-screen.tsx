import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { PIN_DIGITS } from '#core/contract/kiosk.ts';
import { inArabicDigits } from '#core/typed-digits.ts';
import { Page } from '../survey/page.tsx';
import { ArrivalHeading } from '../ui/arrival-heading.tsx';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { useKiosk, useKioskWords } from './kiosk-context.ts';
import { StaffLanguage } from './staff-language.tsx';

/** What became of the latest PIN. */
type Trial = 'none' | 'checking' | 'wrong';

/** Asks staff who they are, as far as a tablet can know. */
export function PinScreen() {
  const { kiosk } = useKiosk();
  const t = useKioskWords();
  const [pin, setPin] = useState('');
  const [trial, setTrial] = useState<Trial>('none');
  const field = useRef<HTMLInputElement>(null);
  const wait = Math.ceil(kiosk.pinWait.value / 1000);
  useLayoutEffect(() => {
    if (trial === 'wrong') field.current?.focus();
  }, [trial]);
  const submit = async () => {
    // What nobody looks at now is not called wrong, and stays until it may be tried.
    if (trial === 'checking' || wait > 0 || pin === '') return;
    setTrial('checking');
    const isRight = await kiosk.tryPin(pin);
    setPin('');
    if (!isRight) setTrial('wrong');
  };
  return (
    <>
      <StaffLanguage />
      <Page
        onSubmit={() => void submit()}
        actions={
          <>
            <Button kind="secondary" onPress={kiosk.end}>
              {t('counters.back')}
            </Button>
            <Button kind="primary" type="submit" isBusy={trial === 'checking' || wait > 0}>
              {trial === 'checking' ? t('pin.checking') : t('pin.open')}
            </Button>
          </>
        }
      >
        <ArrivalHeading>{t('pin.heading')}</ArrivalHeading>
        <div>
          <label class="text-label" for="pin">
            {t('pin.label')}
          </label>
          <input
            ref={field}
            id="pin"
            class="code-field"
            type="password"
            inputMode="numeric"
            // No browser offers to keep it.
            autoComplete="one-time-code"
            maxLength={PIN_DIGITS.most}
            value={pin}
            onInput={({ currentTarget }) => {
              setPin(inArabicDigits(currentTarget.value).replace(/\D/g, ''));
              setTrial('none');
            }}
          />
        </div>
        {trial === 'wrong' && <Banner tone="trouble">{t('pin.wrong')}</Banner>}
        {wait > 0 && <p>{t('pin.wait', { count: wait })}</p>}
      </Page>
    </>
  );
}
