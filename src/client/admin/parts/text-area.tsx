import { describedBy, Field } from './field.tsx';

interface TextAreaProps {
  id: string;
  label: string;
  hint?: string;
  value: string;
  rows: number;
  /** What is wrong with it, in words. */
  problem?: string | undefined;
  onInput: (value: string) => void;
}

/** A few lines of text with their label, hint and error, joined for a screen reader. */
export function TextArea({ id, label, hint, value, rows, problem, onInput }: TextAreaProps) {
  return (
    <Field id={id} label={label} hint={hint} problem={problem}>
      <textarea
        id={id}
        class="input"
        rows={rows}
        value={value}
        aria-invalid={problem ? 'true' : undefined}
        aria-describedby={describedBy({ id, hint, problem })}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </Field>
  );
}
