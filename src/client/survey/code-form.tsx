import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { ArrivalHeading } from '../ui/arrival-heading.tsx';
import { Button } from '../ui/button.tsx';
import { Page } from './page.tsx';
import { useSurvey } from './survey-context.ts';

interface CodeFormProps {
  heading: string;
  label: string;
  hint: string;
  /** The button's words. */
  open: string;
  isBusy?: boolean;
  typed: string;
  /** What is wrong with what was typed, in words; a new one takes the focus. */
  trouble: string | null;
  onType: (typed: string) => void;
  onSubmit: () => void;
  /** To the screen before, where there is one. */
  onBack?: (() => void) | undefined;
  above?: ComponentChildren;
  children?: ComponentChildren;
}

/** A screen on which a printed code is typed. */
export function CodeForm({ heading, label, hint, open, typed, trouble, ...acts }: CodeFormProps) {
  const { t } = useSurvey().texts;
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    if (trouble) field.current?.focus();
  }, [trouble]);
  return (
    <Page
      onSubmit={acts.onSubmit}
      actions={
        <>
          {acts.onBack && (
            <Button kind="secondary" onPress={acts.onBack}>
              {t('question.back')}
            </Button>
          )}
          <Button kind="primary" type="submit" isBusy={acts.isBusy ?? false}>
            {open}
          </Button>
        </>
      }
    >
      {acts.above}
      <ArrivalHeading>{heading}</ArrivalHeading>
      <label class="text-label" for="code">
        {label}
      </label>
      <p class="soft" id="code-hint">
        {hint}
      </p>
      {trouble && (
        <p class="field-trouble" id="code-trouble" role="alert">
          {trouble}
        </p>
      )}
      <input
        ref={field}
        id="code"
        class="code-field"
        type="text"
        inputMode="text"
        autoComplete="off"
        autoCapitalize="characters"
        autoCorrect="off"
        spellcheck={false}
        enterKeyHint="go"
        value={typed}
        aria-invalid={trouble !== null}
        aria-describedby={trouble ? 'code-hint code-trouble' : 'code-hint'}
        onInput={(event) => acts.onType(event.currentTarget.value)}
      />
      {acts.children}
    </Page>
  );
}
