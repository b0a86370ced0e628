import type { ComponentChildren, TargetedInputEvent } from 'preact';
import { describedBy, Field } from './field.tsx';

interface TextFieldProps {
  id: string;
  label: string;
  value: string;
  onInput: (value: string) => void;
  hint?: ComponentChildren;
  /** What is wrong with it, in words. */
  problem?: string | undefined;
  type?: 'text' | 'password' | 'search';
  /** `numeric` and `decimal` show a digit keyboard and align to the right. */
  inputMode?: 'text' | 'numeric' | 'decimal';
  autoComplete?: string;
  lang?: string;
  maxLength?: number;
  labelHidden?: boolean;
  /** The id of a datalist with what one may mean. */
  list?: string;
}

/** What is searched for narrows a list at once; it does not send the form that the list is in. */
function sendNothing(event: KeyboardEvent) {
  if (event.key === 'Enter') event.preventDefault();
}

/** One line of text with its label, hint and error, joined for a screen reader. */
export function TextField(props: TextFieldProps) {
  const { id, label, value, onInput, problem, inputMode = 'text' } = props;
  const shared = {
    id,
    class: inputMode === 'text' ? 'input' : 'input input-number',
    inputMode,
    value,
    lang: props.lang,
    maxLength: props.maxLength,
    list: props.list,
    autoComplete: props.autoComplete ?? 'off',
    autoCapitalize: 'none' as const,
    spellcheck: false,
    'aria-invalid': problem ? ('true' as const) : undefined,
    'aria-describedby': describedBy(props),
    onInput: (event: TargetedInputEvent<HTMLInputElement>) => onInput(event.currentTarget.value),
  };
  const { type = 'text' } = props;
  return (
    <Field
      id={id}
      label={label}
      labelHidden={props.labelHidden}
      hint={props.hint}
      problem={problem}
    >
      {type === 'text' ? <input {...shared} type="text" /> : null}
      {type === 'password' ? <input {...shared} type="password" /> : null}
      {type === 'search' ? <input {...shared} type="search" onKeyDown={sendNothing} /> : null}
    </Field>
  );
}
