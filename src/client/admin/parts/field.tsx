import type { ComponentChildren } from 'preact';

/** What is said of a field besides its label. */
interface Said {
  id: string;
  hint?: ComponentChildren;
  /** What is wrong with it, in words. */
  problem?: string | undefined;
}

/** The ids of what a screen reader reads with the field; none where there is nothing. `words`: the id of what stands below it. */
export const describedBy = ({ id, hint, problem }: Said, words?: string): string | undefined =>
  [hint === undefined ? '' : `${id}-hint`, words ?? '', problem ? `${id}-problem` : '']
    .filter((part) => part !== '')
    .join(' ') || undefined;

interface FieldProps extends Said {
  label: string;
  labelHidden?: boolean | undefined;
  children: ComponentChildren;
}

/** A field with its label, hint and error; the field itself names them by describedBy. */
export function Field({ id, label, labelHidden, hint, problem, children }: FieldProps) {
  return (
    <div class={problem ? 'field field-wrong' : 'field'}>
      <label for={id} class={labelHidden ? 'visually-hidden' : undefined}>
        {label}
      </label>
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
      {children}
    </div>
  );
}
