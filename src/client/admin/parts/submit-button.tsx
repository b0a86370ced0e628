import type { ComponentChildren } from 'preact';

interface SubmitButtonProps {
  busy: boolean;
  children: ComponentChildren;
}

/** The one main button of a form. Stays focusable while busy, so that the focus is not lost. */
export function SubmitButton({ busy, children }: SubmitButtonProps) {
  return (
    <button type="submit" class="button button-primary" aria-disabled={busy ? 'true' : undefined}>
      {busy ? <span class="spinner spinner-small" aria-hidden="true" /> : null}
      {children}
    </button>
  );
}
