import { useId } from 'preact/hooks';
import type { AuditChoices, AuditSearch } from '#core/contract/audit.ts';
import { Button } from '../../ui/button.tsx';
import { useAdmin, useWords } from '../admin.ts';
import { DateField } from '../parts/date-field.tsx';
import { Failed } from '../parts/states.tsx';
import { useLoaded } from '../parts/use-loaded.ts';
import { actionWords, actorWords, assessmentWords, type WordsContext } from './audit-words.ts';
import { isEmptySearch } from './search-query.ts';

interface Option {
  value: string;
  words: string;
}

interface ChoiceProps {
  label: string;
  /** What stands for no choice. */
  all: string;
  value: string;
  options: readonly Option[];
  onChoose: (value: string) => void;
}

function Choice({ label, all, value, options, onChoose }: ChoiceProps) {
  const id = useId();
  // A choice of the address that the log does not have, or not yet.
  const isKnown = value === '' || options.some((option) => option.value === value);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        class="input"
        value={value}
        onChange={({ currentTarget }) => onChoose(currentTarget.value)}
      >
        <option value="">{all}</option>
        {isKnown ? null : <option value={value}>{value}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.words}
          </option>
        ))}
      </select>
    </div>
  );
}

const byWords = (a: Option, b: Option) => a.words.localeCompare(b.words);

function optionsOf(context: WordsContext, { who, what, assessments }: AuditChoices) {
  const names = new Map(who.map((one) => [one.account, actorWords(context.t, one)]));
  return {
    who: [...names].map(([value, words]) => ({ value, words })),
    what: what.map((value) => ({ value, words: actionWords(context.t, value) })).sort(byWords),
    assessments: assessments
      .map((value) => ({ value, words: assessmentWords(context, value) }))
      .sort(byWords),
  };
}

const NOTHING: AuditChoices = { who: [], what: [], assessments: [] };

interface FilterProps {
  search: AuditSearch;
  context: WordsContext;
}

/** What one looks for in the log. It stands in the address, so that it can be kept and given on. */
export function AuditFilters({ search, context }: FilterProps) {
  const { api, router } = useAdmin();
  const { t } = useWords();
  const { loaded, retry } = useLoaded(() => api.auditChoices(), 'choices');
  if (loaded.value.state === 'failed') return <Failed error={loaded.value.error} retry={retry} />;

  const options = optionsOf(context, loaded.value.state === 'ready' ? loaded.value.value : NOTHING);
  const { who = '', what = '', assessment = '', from = '', to = '' } = search;
  const change = (changed: AuditSearch) =>
    router.rewrite({ page: 'audit', search: { ...search, ...changed } });
  const isBackwards = from !== '' && to !== '' && to < from;
  const isAll = isEmptySearch(search);
  return (
    <search
      class={isAll ? 'log-filters log-filters-all' : 'log-filters'}
      aria-label={t('audit.filters')}
    >
      <Choice
        label={t('audit.who')}
        all={t('audit.anybody')}
        value={who}
        options={options.who}
        onChoose={(value) => change({ who: value })}
      />
      <Choice
        label={t('audit.what')}
        all={t('audit.anything')}
        value={what}
        options={options.what}
        onChoose={(value) => change({ what: value })}
      />
      <Choice
        label={t('audit.assessment')}
        all={t('audit.anywhere')}
        value={assessment}
        options={options.assessments}
        onChoose={(value) => change({ assessment: value })}
      />
      <DateField
        id="audit-from"
        label={t('audit.from')}
        value={from}
        onInput={(value) => change({ from: value })}
      />
      <DateField
        id="audit-to"
        label={t('audit.to')}
        value={to}
        problem={isBackwards ? t('life.datesOrder') : undefined}
        onInput={(value) => change({ to: value })}
      />
      {isAll ? null : (
        <div class="log-clear">
          <Button kind="secondary" onPress={() => router.rewrite({ page: 'audit' })}>
            {t('audit.clear')}
          </Button>
        </div>
      )}
    </search>
  );
}
