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
  const described = [hint === undefined ? '' : `${id}-hint`, problem ? `${id}-problem` : '']
    .filter((part) => part !== '')
    .join(' ');
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
      <textarea
        id={id}
        class="input"
        rows={rows}
        value={value}
        aria-invalid={problem ? 'true' : undefined}
        aria-describedby={described || undefined}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </div>
  );
}
