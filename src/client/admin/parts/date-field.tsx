import { useWords } from '../admin.ts';
import { describedBy, Field } from './field.tsx';

interface DateFieldProps {
  id: string;
  label: string;
  hint?: string;
  /** ISO; empty = none. */
  value: string;
  problem?: string | undefined;
  onInput: (value: string) => void;
}

/** A day with the browser's own calendar; beside it the day in words, as browsers differ in what era they show. */
export function DateField({ id, label, hint, value, problem, onInput }: DateFieldProps) {
  const { formats } = useWords();
  const words = `${id}-words`;
  return (
    <Field id={id} label={label} hint={hint} problem={problem}>
      <input
        id={id}
        type="date"
        class="input"
        value={value}
        aria-invalid={problem ? 'true' : undefined}
        aria-describedby={describedBy({ id, hint, problem }, words)}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <p class="date-words" id={words}>
        {value === '' ? '' : formats.day(value)}
      </p>
    </Field>
  );
}
