import type { ComponentChildren } from 'preact';

interface ButtonProps {
  /** primary: what most people do next, once a screen; secondary: the other way; quiet: beside the point. */
  kind: 'primary' | 'secondary' | 'quiet';
  type?: 'button' | 'submit';
  /** Shown as working and deaf to presses, but still there for a screen reader. */
  isBusy?: boolean;
  label?: string;
  onPress?: (event: MouseEvent) => unknown;
  children: ComponentChildren;
}

export function Button({ kind, type = 'button', isBusy, label, onPress, children }: ButtonProps) {
  return (
    <button
      type={type}
      class={`button button-${kind}`}
      aria-disabled={isBusy}
      aria-label={label}
      onClick={(event) => {
        if (!isBusy) onPress?.(event);
      }}
    >
      {children}
    </button>
  );
}
