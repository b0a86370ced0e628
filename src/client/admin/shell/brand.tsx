import { useWords } from '../admin.ts';

/** The product's mark: a tick that grows out of a counter, and its name. */
export function Brand({ note }: { note?: string }) {
  const { t } = useWords();
  return (
    <p class="brand">
      <svg class="brand-mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
        <rect class="brand-ground" width="32" height="32" rx="8" />
        <path class="brand-tick" d="M8 15.5l5.5 5.5L24 9.5" />
        <path class="brand-base" d="M8 25.5h16" />
      </svg>
      <span>
        <span class="brand-name">{t('app.name')}</span>
        {note === undefined ? null : <span class="brand-note">{note}</span>}
      </span>
    </p>
  );
}
