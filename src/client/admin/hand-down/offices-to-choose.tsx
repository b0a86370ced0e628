import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Assessment } from '#core/contract/assessment.ts';
import type { HandDownOffice } from '#core/contract/hand-down.ts';
import { LANGUAGES } from '#core/contract/language.ts';
import { Button } from '../../ui/button.tsx';
import { useAdmin, useWords } from '../admin.ts';
import { SearchField } from '../parts/search-field.tsx';
import { OfficeRow } from './office-row.tsx';
import { RunTold } from './run-told.tsx';
import { useHandDown } from './use-hand-down.ts';

interface ActsProps {
  /** Those that may be chosen, and those of them that are. */
  choosable: readonly HandDownOffice[];
  chosen: readonly HandDownOffice[];
  isUnderWay: boolean;
  onStart: () => void;
  onCancel: () => void;
  /** Which are left out from now on. */
  onLeave: (left: ReadonlySet<string>) => void;
}

function Acts({ choosable, chosen, isUnderWay, onStart, onCancel, onLeave }: ActsProps) {
  const { t, formats } = useWords();
  const isNone = chosen.length === 0;
  return (
    <div class="form-acts">
      {isUnderWay ? (
        <Button kind="secondary" onPress={onCancel}>
          {t('handDown.cancel')}
        </Button>
      ) : null}
      {isUnderWay || isNone ? null : (
        <Button kind="primary" onPress={onStart}>
          {t('handDown.act', { count: chosen.length, n: formats.count(chosen.length) })}
        </Button>
      )}
      {isUnderWay || choosable.length === 0 ? null : (
        <Button
          kind="secondary"
          onPress={() =>
            onLeave(new Set(isNone ? [] : choosable.map(({ organization }) => organization)))
          }
        >
          {t(isNone ? 'handDown.all' : 'handDown.noneOfThem')}
        </Button>
      )}
    </div>
  );
}

/** Whether the draft of an office that has one already is made to agree as well. */
function DraftsToo({
  isChosen,
  isBusy,
  onChange,
}: {
  isChosen: boolean;
  isBusy: boolean;
  onChange: (isChosen: boolean) => void;
}) {
  const { t } = useWords();
  return (
    <div>
      <label class="check">
        <input
          type="checkbox"
          checked={isChosen}
          disabled={isBusy}
          aria-describedby="hand-down-drafts"
          onChange={({ currentTarget }) => onChange(currentTarget.checked)}
        />
        <span>{t('handDown.changesDraft')}</span>
      </label>
      <p class="hint" id="hand-down-drafts">
        {t('handDown.changesDraftHint')}
      </p>
    </div>
  );
}

interface OfficesToChooseProps {
  assessment: Assessment;
  offices: readonly HandDownOffice[];
}

/** The offices below: which of them a set-up is handed down to, and what becomes of it. */
export function OfficesToChoose({ assessment, offices }: OfficesToChooseProps) {
  const admin = useAdmin();
  const { t } = useWords();
  const changesDraft = useSignal(false);
  const left = useSignal<ReadonlySet<string>>(new Set());
  const search = useSignal('');
  const { run, start, cancel } = useHandDown(assessment.id, () => {
    // Their years are there to be looked at.
    void admin.loadOffice('quietly');
  });
  const { isUnderWay, outcomes } = run.value;

  useEffect(
    () => admin.router.guard(() => (isUnderWay ? t('handDown.leave') : null)),
    [admin.router, isUnderWay, t],
  );

  const mayBeChosen = ({ standing, organization }: HandDownOffice) =>
    outcomes.get(organization)?.state !== 'done' &&
    (standing === 'none' || (standing === 'differs' && changesDraft.value));
  const choosable = offices.filter(mayBeChosen);
  const chosen = choosable.filter(({ organization }) => !left.value.has(organization));
  const words = search.value.trim().toLowerCase();
  const found = offices.filter(({ name }) =>
    LANGUAGES.some((known) => (name[known] ?? '').toLowerCase().includes(words)),
  );

  function choose({ organization }: HandDownOffice, isChosen: boolean) {
    const next = new Set(left.value);
    if (isChosen) next.delete(organization);
    else next.add(organization);
    left.value = next;
  }

  return (
    <section class="card aside-section" aria-labelledby="hand-down-list">
      <h2 id="hand-down-list">{t('handDown.list')}</h2>
      <DraftsToo
        isChosen={changesDraft.value}
        isBusy={isUnderWay}
        onChange={(isChosen) => {
          changesDraft.value = isChosen;
        }}
      />
      <SearchField
        id="hand-down-search"
        label={t('organizations.search')}
        among={offices.length}
        value={search.value}
        onInput={(typed) => {
          search.value = typed;
        }}
      />
      <RunTold run={run.value} offices={offices} />
      <Acts
        choosable={choosable}
        chosen={chosen}
        isUnderWay={isUnderWay}
        onStart={() => start(chosen, changesDraft.value)}
        onCancel={cancel}
        onLeave={(next) => {
          left.value = next;
        }}
      />
      <ul class="hand-down-offices">
        {found.map((office) => (
          <OfficeRow
            key={office.organization}
            office={office}
            outcome={outcomes.get(office.organization)}
            mayBeChosen={mayBeChosen(office)}
            isChosen={chosen.includes(office)}
            isBusy={isUnderWay}
            onChange={(isChosen) => choose(office, isChosen)}
          />
        ))}
      </ul>
    </section>
  );
}
