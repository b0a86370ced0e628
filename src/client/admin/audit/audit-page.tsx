import { useSignal } from '@preact/signals';
import type { AuditPage as LogPage } from '#core/contract/audit.ts';
import { Button } from '../../ui/button.tsx';
import { useAdmin, useWords } from '../admin.ts';
import { asApiError } from '../api-error.ts';
import { Page } from '../parts/page.tsx';
import { Empty, Failed, Loading } from '../parts/states.tsx';
import { TextField } from '../parts/text-field.tsx';
import { useLoaded } from '../parts/use-loaded.ts';
import { problemText } from '../problem-text.ts';
import { AuditActs } from './audit-acts.tsx';
import { type EntryWords, entryWords, matchesSearch } from './audit-words.ts';

/** The number of the oldest entry of a page; 0 where there is none. */
const oldestOf = (entries: LogPage['entries']) => entries[entries.length - 1]?.number ?? 0;

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
export function AuditPage() {
  const { api, office, feedback } = useAdmin();
  const { t, language, formats } = useWords();
  const { loaded, retry } = useLoaded(() => api.audit(), 'audit');
  const search = useSignal('');
  const isBusy = useSignal(false);
  const assessments = office.value.state === 'ready' ? office.value.value.assessments : [];

  async function loadOlder({ entries }: LogPage) {
    isBusy.value = true;
    try {
      const older = await api.audit(oldestOf(entries));
      loaded.value = {
        state: 'ready',
        value: { head: older.head, entries: [...entries, ...older.entries] },
      };
    } catch (thrown) {
      feedback.value = problemText(t, asApiError(thrown));
    } finally {
      isBusy.value = false;
    }
  }

  function list(page: LogPage) {
    const context = { t, language, formats, assessments };
    const all = page.entries.map((entry) => entryWords(context, entry));
    const found = all.filter((entry) => matchesSearch(entry, search.value.trim()));
    const hasOlder = oldestOf(page.entries) > 1;
    return (
      <>
        <output class="hint">
          {t('audit.found', { count: found.length, n: formats.count(found.length) })}
          {hasOlder ? ` ${t('audit.ofNewest', { n: formats.count(all.length) })}` : null}
        </output>
        {found.length === 0 ? (
          <Empty title={t('audit.emptyTitle')}>
            <p>{t('audit.empty')}</p>
          </Empty>
        ) : (
          <ol class="log card">
            {found.map((entry) => (
              <EntryRow key={entry.number} entry={entry} />
            ))}
          </ol>
        )}
        {hasOlder ? (
          <Button kind="secondary" isBusy={isBusy.value} onPress={() => void loadOlder(page)}>
            {t('audit.older')}
          </Button>
        ) : null}
      </>
    );
  }

  function content() {
    if (loaded.value.state === 'loading') return <Loading />;
    if (loaded.value.state === 'failed') return <Failed error={loaded.value.error} retry={retry} />;
    return list(loaded.value.value);
  }

  return (
    <Page title={t('audit.title')} lead={t('audit.lead')}>
      <AuditActs reload={retry} />
      <div class="filters">
        <TextField
          id="audit-search"
          type="search"
          label={t('audit.search')}
          value={search.value}
          onInput={(words) => {
            search.value = words;
          }}
        />
      </div>
      {content()}
    </Page>
  );
}
