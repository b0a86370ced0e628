import { useRef } from 'preact/hooks';
import type { AuditPage as LogPage, AuditSearch } from '#core/contract/audit.ts';
import { Button } from '../../ui/button.tsx';
import { useAdmin, useWords } from '../admin.ts';
import { ActProblem } from '../parts/act-problem.tsx';
import { Page } from '../parts/page.tsx';
import { Empty, Failed } from '../parts/states.tsx';
import { useAct } from '../parts/use-act.ts';
import { useLoaded } from '../parts/use-loaded.ts';
import { AuditActs } from './audit-acts.tsx';
import { AuditFilters } from './audit-filters.tsx';
import { type EntryWords, entryWords } from './audit-words.ts';
import { searchQuery } from './search-query.ts';

function EntryRow({ entry }: { entry: EntryWords }) {
  return (
    <li class="log-entry">
      <p class="log-when">{entry.when}</p>
      <div>
        <p>
          <strong>{entry.who}</strong> {entry.what}
        </p>
        {entry.details.length > 0 ? <p class="hint">{entry.details.join(' · ')}</p> : null}
        {entry.where === null ? null : <p class="hint">{entry.where}</p>}
      </div>
    </li>
  );
}

/** Who changed or exported what: the log, to be searched, saved and verified. */
export function AuditPage({ search }: { search: AuditSearch }) {
  const { api, office } = useAdmin();
  const { t, language, formats } = useWords();
  const query = searchQuery(search).toString();
  const { loaded, retry } = useLoaded(() => api.audit(search), query);
  const { isBusy, error, act } = useAct();
  const asked = useRef(query);
  asked.current = query;
  // What was found before stays in its place until the next is there, so that nothing jumps.
  const last = useRef<LogPage | null>(null);
  if (loaded.value.state === 'ready') last.current = loaded.value.value;
  const page = loaded.value.state === 'failed' ? null : last.current;
  const assessments = office.value.state === 'ready' ? office.value.value.assessments : [];
  const context = { t, language, formats, assessments };

  const loadOlder = ({ entries }: LogPage) =>
    act(async () => {
      const older = await api.audit(search, entries[entries.length - 1]?.number);
      if (asked.current === query)
        loaded.value = {
          state: 'ready',
          value: { ...older, entries: [...entries, ...older.entries] },
        };
    });

  function told() {
    if (loaded.value.state === 'loading') return t('states.loading');
    if (!page) return '';
    const { found, entries } = page;
    const all = t('audit.found', { count: found, n: formats.count(found) });
    return found > entries.length
      ? `${all} ${t('audit.shown', { n: formats.count(entries.length) })}`
      : all;
  }

  function list(shown: LogPage) {
    if (shown.entries.length === 0)
      return (
        <Empty title={t('audit.emptyTitle')}>
          <p>{t('audit.empty')}</p>
        </Empty>
      );
    return (
      <>
        <ol class="log card" aria-busy={loaded.value.state === 'loading' ? 'true' : undefined}>
          {shown.entries.map((entry) => (
            <EntryRow key={entry.number} entry={entryWords(context, entry)} />
          ))}
        </ol>
        {shown.found > shown.entries.length ? (
          <Button kind="secondary" isBusy={isBusy} onPress={() => void loadOlder(shown)}>
            {t('audit.older')}
          </Button>
        ) : null}
        <ActProblem error={error} />
      </>
    );
  }

  return (
    <Page title={t('audit.title')} lead={t('audit.lead')}>
      <AuditActs reload={retry} />
      <AuditFilters search={search} context={context} />
      <output class="hint log-found">{told()}</output>
      {loaded.value.state === 'failed' ? <Failed error={loaded.value.error} retry={retry} /> : null}
      {page ? list(page) : null}
    </Page>
  );
}
