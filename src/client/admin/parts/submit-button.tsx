import type { ComponentChildren } from 'preact';
import { Button } from '../../ui/button.tsx';

interface SubmitButtonProps {
  busy: boolean;
  children: ComponentChildren;
}

/** The one main button of a form. Stays focusable while busy, so that the focus is not lost. */
export function SubmitButton({ busy, children }: SubmitButtonProps) {
  return (
    <Button kind="primary" type="submit" isBusy={busy}>
      {busy ? <span class="spinner spinner-small" aria-hidden="true" /> : null}
      {children}
    </Button>
  );
}
