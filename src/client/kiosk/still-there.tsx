import { ASK_MS } from '#core/kiosk/idle.ts';
import { inDigitsOf } from '../i18n/digits.ts';
import { useKiosk, useKioskWords } from './kiosk-context.ts';
import { Question } from './question.tsx';

/** A screen reader hears these, and not every second. */
const TOLD_AT = [5, 10];

const ALL_SECONDS = ASK_MS / 1000;
const AROUND = 2 * Math.PI * 54;

/** Asks whether somebody is still there, and shows how long there is to answer. */
export function StillThere() {
  const { kiosk, texts } = useKiosk();
  const t = useKioskWords();
  const seconds = kiosk.secondsLeft();
  const told = TOLD_AT.find((limit) => seconds <= limit);
  return (
    <Question
      heading={t('still.heading')}
      no={t('still.stay')}
      yes={t('turn.clear')}
      onNo={kiosk.stay}
      onYes={kiosk.end}
    >
      <svg class="countdown" viewBox="0 0 120 120" aria-hidden="true">
        <circle class="countdown-track" cx="60" cy="60" r="54" />
        <circle
          class="countdown-left"
          cx="60"
          cy="60"
          r="54"
          stroke-dasharray={AROUND}
          stroke-dashoffset={AROUND * (1 - seconds / ALL_SECONDS)}
        />
        <text x="60" y="60" dy="0.35em" text-anchor="middle">
          {inDigitsOf(texts.language.value, String(seconds))}
        </text>
      </svg>
      <p>{t('still.text')}</p>
      <output class="visually-hidden">
        {told !== undefined && t('still.seconds', { count: told })}
      </output>
    </Question>
  );
}
