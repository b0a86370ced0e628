import { Button } from '../../ui/button.tsx';

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
  return (
    <div class="person-sure aside-section">
      <p role="alert">{question}</p>
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
