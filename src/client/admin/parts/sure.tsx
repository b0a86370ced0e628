import { useEffect, useRef } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { takeFocus } from './stand-in-focus.ts';

interface SureProps {
  question: string;
  yes: string;
  no: string;
  isBusy: boolean;
  onYes: () => void;
  onNo: () => void;
}

/** Asks once more in a row of a list, before something that cannot be undone. */
export function Sure({ question, yes, no, isBusy, onYes, onNo }: SureProps) {
  const box = useRef<HTMLDivElement>(null);
  const words = useRef<HTMLParagraphElement>(null);

  // Not the answer itself, on which a second Enter would give it; the button that asks says what "yes" does.
  useEffect(() => takeFocus(words.current, yes), []);
  useEffect(() => {
    box.current?.addEventListener('keydown', ({ key }) => {
      if (key === 'Escape') onNo();
    });
  }, []);

  return (
    <div class="person-sure aside-section" ref={box}>
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
