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

/** The button that was asked about stands in its place again: it does the same as "yes" did; else what comes first there. */
function focusAgain(place: Element, yes: string): void {
  const asked = [...place.querySelectorAll('button')].find(
    ({ textContent }) => textContent === yes,
  );
  (asked ?? place.querySelector<HTMLElement>('input, button'))?.focus();
}

/** Asks once more in a row of a list, before something that cannot be undone. */
export function Sure({ question, yes, no, isBusy, onYes, onNo }: SureProps) {
  const words = useRef<HTMLParagraphElement>(null);

  // What was pressed is gone, and the focus would go with it; on the answer itself a second Enter would give it.
  useEffect(() => words.current?.focus(), []);

  function leave() {
    const place = words.current?.closest('li, section, .page');
    onNo();
    if (place) requestAnimationFrame(() => focusAgain(place, yes));
  }

  return (
    <div class="person-sure aside-section">
      <p role="alert" tabIndex={-1} ref={words}>
        {question}
      </p>
      <div class="form-acts">
        <Button kind="primary" isBusy={isBusy} onPress={onYes}>
          {yes}
        </Button>
        <Button kind="secondary" onPress={leave}>
          {no}
        </Button>
      </div>
    </div>
  );
}
