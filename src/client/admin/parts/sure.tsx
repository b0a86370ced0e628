import { useEffect, useRef } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';

interface SureProps {
  question: string;
  yes: string;
  no: string;
  isBusy: boolean;
  onYes: () => void;
  onNo: () => void;
}

/**
 * The button that was asked about stands in its place again: it does the same as "yes" did; else what comes first there. Where the place
 * itself is gone, a removed row, the page begins again.
 */
function focusAgain(place: Element, yes: string): void {
  if (document.activeElement !== document.body) return;
  if (!place.isConnected) {
    document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
    return;
  }
  const asked = [...place.querySelectorAll('button')].find(
    ({ textContent }) => textContent === yes,
  );
  (asked ?? place.querySelector<HTMLElement>('input, button'))?.focus();
}

/** Asks once more in a row of a list, before something that cannot be undone. */
export function Sure({ question, yes, no, isBusy, onYes, onNo }: SureProps) {
  const words = useRef<HTMLParagraphElement>(null);

  // What was pressed is gone, and the focus would go with it; on the answer itself a second Enter would give it.
  useEffect(() => {
    const place = words.current?.closest('li, section, .page');
    words.current?.focus();
    return () => requestAnimationFrame(() => place && focusAgain(place, yes));
  }, []);

  return (
    <div class="person-sure aside-section">
      <p role="alert" tabIndex={-1} ref={words}>
        {question}
      </p>
      <div class="form-acts">
        <Button kind="primary" isBusy={isBusy} onPress={onYes}>
          {yes}
        </Button>
        <Button kind="secondary" onPress={onNo}>
          {no}
        </Button>
      </div>
    </div>
  );
}
