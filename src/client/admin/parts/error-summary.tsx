import { useEffect, useRef } from 'preact/hooks';
import { useWords } from '../admin.ts';

export interface SummaryLine {
  text: string;
  /** The id of the input it is about; null = about the whole form. */
  field: string | null;
}

/** Goes to a field, also one that is folded away. */
function focusField(event: MouseEvent, field: string) {
  event.preventDefault();
  const input = document.getElementById(field);
  input?.closest('details')?.setAttribute('open', '');
  input?.focus();
}

/**
 * Everything that is wrong with a form, on top of it; takes the focus when it appears or changes. `attempt` tells one
 * press of the button from the next, so that the same mistakes are told again.
 */
export function ErrorSummary({ lines, attempt }: { lines: SummaryLine[]; attempt: number }) {
  const { t } = useWords();
  const box = useRef<HTMLDivElement>(null);
  const shown = lines.length > 0;

  useEffect(() => {
    if (shown) box.current?.focus();
  }, [shown, attempt]);

  if (!shown) return null;
  return (
    <div class="error-summary" role="alert" tabIndex={-1} ref={box}>
      <h2>{t('form.problemsTitle')}</h2>
      <ul>
        {lines.map(({ text, field }) => (
          <li key={`${field}${text}`}>
            {field === null ? (
              text
            ) : (
              <a href={`#${field}`} onClick={(event) => focusField(event, field)}>
                {text}
              </a>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
