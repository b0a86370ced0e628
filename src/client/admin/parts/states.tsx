import type { ComponentChildren } from 'preact';
import { useAdmin, useWords } from '../admin.ts';
import type { ApiError } from '../api-error.ts';
import { problemText } from '../problem-text.ts';
import { Icon, type IconName } from './icon.tsx';
import { OtherAssessments } from './other-assessments.tsx';

/** While something is on its way. */
export function Loading() {
  const { t } = useWords();
  return (
    <output class="state">
      <span class="spinner" aria-hidden="true" />
      <span>{t('states.loading')}</span>
    </output>
  );
}

/** Something could not be fetched: why, and the way out. */
export function Failed({ error, retry }: { error: ApiError; retry: () => void }) {
  const { t } = useWords();
  const isInOffice = useAdmin().office.value.state === 'ready';
  return (
    <div class="state state-failed" role="alert">
      <Icon name="warning" />
      <h2>{t('states.failed')}</h2>
      <p>{problemText(t, error)}</p>
      <button type="button" class="button" onClick={retry}>
        {t('states.retry')}
      </button>
      {error.code === 'not-found' && isInOffice ? <OtherAssessments /> : null}
    </div>
  );
}

interface EmptyProps {
  /** Of what there is none; else a clock: it has not come yet. */
  icon?: IconName;
  title: string;
  children: ComponentChildren;
}

/** Nothing to show yet, and what to do about it. */
export function Empty({ icon = 'waiting', title, children }: EmptyProps) {
  return (
    <div class="state state-empty">
      <Icon name={icon} />
      <h2>{title}</h2>
      {children}
    </div>
  );
}
