import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Assessment } from '#core/contract/assessment.ts';
import { nameIn } from '#core/contract/localized-name.ts';
import type { HandDownOffice } from '#core/contract/hand-down.ts';
import { LANGUAGES } from '#core/contract/language.ts';
import { Button } from '../../ui/button.tsx';
import { useAdmin, useWords } from '../admin.ts';
import { StateMark } from '../life/state-mark.tsx';
import { stateToday } from '../life/state-today.ts';
import { Link } from '../parts/link.tsx';
import { Page } from '../parts/page.tsx';
import { ProgressBar } from '../parts/progress-bar.tsx';
import { SearchField } from '../parts/search-field.tsx';
import { Empty, Failed, Loading } from '../parts/states.tsx';
import { useLoaded } from '../parts/use-loaded.ts';
import { problemText } from '../problem-text.ts';
import { ofLastRun, sumsOf } from './hand-down-run.ts';
import { OfficeRow } from './office-row.tsx';
import { RefusedOffices } from './refused-offices.tsx';
import { useHandDown } from './use-hand-down.ts';

/** Gives the offices below that of an assessment one each with the same set-up. */
export function HandDownPage({ assessment }: { assessment: Assessment }) {
  const admin = useAdmin();
  const { t, language, formats } = useWords();
  const { loaded, retry } = useLoaded(() => admin.api.handDowns(assessment.id), assessment.id);
  const changesDraft = useSignal(false);
  const left = useSignal<ReadonlySet<string>>(new Set());
  const search = useSignal('');
  const { run, start, cancel } = useHandDown(assessment.id, () => {
    // Their years are there to be looked at.
    void admin.loadOffice('quietly');
  });
  const { isUnderWay, wanted, outcomes, stoppedBy } = run.value;
  const told = useRef<HTMLOutputElement>(null);

  useEffect(
    () => admin.router.guard(() => (isUnderWay ? t('handDown.leave') : null)),
    [admin.router, isUnderWay, t],
  );

  useEffect(() => {
    // The button that began or ended it went with the focus; whoever is elsewhere stays there.
    if (wanted.length > 0 && document.activeElement === document.body) told.current?.focus();
  }, [isUnderWay]);

  const mayBeChosen = ({ standing, organization }: HandDownOffice) =>
    outcomes.get(organization)?.state !== 'done' &&
    (standing === 'none' || (standing === 'differs' && changesDraft.value));

  const isFound = ({ name }: HandDownOffice) => {
    const words = search.value.trim().toLowerCase();
    return LANGUAGES.some((known) => (name[known] ?? '').toLowerCase().includes(words));
  };

  function ended(offices: readonly HandDownOffice[]) {
    if (isUnderWay || wanted.length === 0) return null;
    const { made, changed, nothing, left: notSent } = sumsOf(run.value);
    return (
      <>
        <p class="import-sums">
          {t('handDown.ended', {
            made: formats.count(made),
            changed: formats.count(changed),
            same: formats.count(nothing),
            left: formats.count(notSent),
          })}
        </p>
        {stoppedBy ? <p class="field-problem">{problemText(t, stoppedBy)}</p> : null}
        {notSent > 0 ? <p>{t('handDown.again')}</p> : null}
        <RefusedOffices
          offices={offices.filter(({ organization }) => wanted.includes(organization))}
          outcomes={outcomes}
        />
      </>
    );
  }

  function list(offices: readonly HandDownOffice[]) {
    if (offices.length === 0)
      return (
        <Empty icon="organizations" title={t('handDown.none')}>
          <p>{t('handDown.noneText')}</p>
          <Link to={{ page: 'new-office' }} class="button button-secondary">
            {t('settings.newAssessment')}
          </Link>
        </Empty>
      );
    const chosen = offices.filter(
      (office) => mayBeChosen(office) && !left.value.has(office.organization),
    );
    const choosable = offices.filter(mayBeChosen);
    const done = ofLastRun(run.value).length;
    return (
      <section class="card aside-section" aria-labelledby="hand-down-list">
        <h2 id="hand-down-list">{t('handDown.list')}</h2>
        <div>
          <label class="check">
            <input
              type="checkbox"
              checked={changesDraft.value}
              disabled={isUnderWay}
              aria-describedby="hand-down-drafts"
              onChange={({ currentTarget }) => {
                changesDraft.value = currentTarget.checked;
              }}
            />
            <span>{t('handDown.changesDraft')}</span>
          </label>
          <p class="hint" id="hand-down-drafts">
            {t('handDown.changesDraftHint')}
          </p>
        </div>
        <SearchField
          id="hand-down-search"
          label={t('organizations.search')}
          among={offices.length}
          value={search.value}
          onInput={(words) => {
            search.value = words;
          }}
        />
        <output class="import-told" tabIndex={-1} ref={told}>
          {isUnderWay ? <p>{t('handDown.underWay')}</p> : null}
          {ended(offices)}
        </output>
        {isUnderWay ? (
          <div aria-hidden="true">
            <ProgressBar share={done / wanted.length} tone="normal" />
            <p class="hint">
              {t('handDown.progress', {
                done: formats.count(done),
                total: formats.count(wanted.length),
              })}
            </p>
          </div>
        ) : null}
        <div class="form-acts">
          {isUnderWay ? (
            <Button kind="secondary" onPress={cancel}>
              {t('handDown.cancel')}
            </Button>
          ) : null}
          {!isUnderWay && chosen.length > 0 ? (
            <Button kind="primary" onPress={() => start(chosen, changesDraft.value)}>
              {t('handDown.act', { count: chosen.length, n: formats.count(chosen.length) })}
            </Button>
          ) : null}
          {isUnderWay || choosable.length === 0 ? null : (
            <Button
              kind="secondary"
              onPress={() => {
                left.value =
                  chosen.length === 0
                    ? new Set()
                    : new Set(choosable.map(({ organization }) => organization));
              }}
            >
              {t(chosen.length === 0 ? 'handDown.all' : 'handDown.noneOfThem')}
            </Button>
          )}
        </div>
        <ul class="hand-down-offices">
          {offices.filter(isFound).map((office) => (
            <OfficeRow
              key={office.organization}
              office={office}
              outcome={outcomes.get(office.organization)}
              mayBeChosen={mayBeChosen(office)}
              isChosen={chosen.includes(office)}
              isBusy={isUnderWay}
              onChange={(isChosen) => {
                const next = new Set(left.value);
                if (isChosen) next.delete(office.organization);
                else next.add(office.organization);
                left.value = next;
              }}
            />
          ))}
        </ul>
      </section>
    );
  }

  function content() {
    if (loaded.value.state === 'loading') return <Loading />;
    if (loaded.value.state === 'failed') return <Failed error={loaded.value.error} retry={retry} />;
    return list(loaded.value.value);
  }

  return (
    <Page title={t('handDown.title')} lead={t('handDown.lead')}>
      <section class="card aside-section" aria-labelledby="hand-down-what">
        <h2 id="hand-down-what">
          {t('handDown.what', {
            office: nameIn(language, assessment.organization),
            year: formats.year(assessment.fiscalYear),
          })}
        </h2>
        <p>
          <StateMark state={stateToday(assessment)} />
        </p>
        <p>{t('handDown.whatText')}</p>
        <div class="form-acts">
          <Link to={{ page: 'settings' }} class="button button-secondary">
            {t('handDown.settings')}
          </Link>
          <Link to={{ page: 'life' }} class="button button-secondary">
            {t('handDown.dates')}
          </Link>
        </div>
      </section>
      {content()}
    </Page>
  );
}
