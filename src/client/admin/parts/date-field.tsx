import { useWords } from '../admin.ts';

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
  return (
    <div class={problem ? 'field field-wrong' : 'field'}>
      <label for={id}>{label}</label>
      {hint === undefined ? null : (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {problem ? (
        <p class="field-problem" id={`${id}-problem`}>
          {problem}
        </p>
      ) : null}
      <input
        id={id}
        type="date"
        class="input"
        value={value}
        aria-invalid={problem ? 'true' : undefined}
        aria-describedby={`${hint === undefined ? '' : `${id}-hint `}${id}-words${problem ? ` ${id}-problem` : ''}`}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <p class="date-words" id={`${id}-words`}>
        {value === '' ? '' : formats.day(value)}
      </p>
    </div>
  );
}
