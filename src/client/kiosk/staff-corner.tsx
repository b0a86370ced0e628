import { useEffect, useRef } from 'preact/hooks';
import { attentionOf } from './attention.ts';
import { useKiosk } from './kiosk-context.ts';
import { kioskWords } from './kiosk-words.ts';

/** Longer than anybody touches by mistake. */
const HOLD_MS = 1_000;

/**
 * The way in for staff: a corner that says nothing to visitors, opened by a long press, or by Tab and Enter. A mark appears in
 * it when somebody should look.
 */
export function StaffCorner() {
  const { kiosk, outbox, now } = useKiosk();
  const t = kioskWords('th');
  const holding = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const letGo = () => clearTimeout(holding.current);
  useEffect(() => letGo, []);
  const attention = attentionOf(outbox.value, now.value);
  return (
    <button
      type="button"
      class="corner"
      onPointerDown={() => {
        letGo();
        holding.current = setTimeout(() => kiosk.askPin(), HOLD_MS);
      }}
      onPointerUp={letGo}
      onPointerLeave={letGo}
      onPointerCancel={letGo}
      onContextMenu={(event) => event.preventDefault()}
      onClick={({ detail }) => {
        // By the keyboard, or by what reads the screen.
        if (detail === 0) kiosk.askPin();
      }}
    >
      <span class="visually-hidden">
        {t('corner.label')} {attention && t(`corner.${attention}`)}
      </span>
      <svg
        class={attention ? 'corner-mark corner-look' : 'corner-mark'}
        viewBox="0 0 24 24"
        aria-hidden="true"
      >
        {attention ? (
          <path d="M12 4L3 20h18zM12 10v5M12 17.5v.5" />
        ) : (
          <circle cx="12" cy="12" r="3" />
        )}
      </svg>
    </button>
  );
}
