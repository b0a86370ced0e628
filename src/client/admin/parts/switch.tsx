interface SwitchProps {
  on: boolean;
  /** What it switches, for a screen reader. */
  label: string;
  /** The state in words. */
  text: string;
  busy: boolean;
  onChange: (on: boolean) => void;
}

/** A switch that says its state in words and shape. */
export function Switch({ on, label, text, busy, onChange }: SwitchProps) {
  return (
    <button
      type="button"
      role="switch"
      class="switch"
      aria-checked={on}
      aria-disabled={busy ? 'true' : undefined}
      aria-label={label}
      onClick={() => {
        if (!busy) onChange(!on);
      }}
    >
      <svg viewBox="0 0 44 24" aria-hidden="true" focusable="false">
        <rect class="switch-track" x="1" y="1" width="42" height="22" rx="11" />
        <circle class="switch-knob" cx={on ? 32 : 12} cy="12" r="8" />
      </svg>
      <span>{text}</span>
    </button>
  );
}
