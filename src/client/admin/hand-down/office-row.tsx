import { nameIn } from '#core/contract/localized-name.ts';
import type { HandDownOffice } from '#core/contract/hand-down.ts';
import { useWords } from '../admin.ts';
import { problemText } from '../problem-text.ts';
import type { OfficeOutcome } from './hand-down-run.ts';

interface OfficeRowProps {
  office: HandDownOffice;
  outcome: OfficeOutcome | undefined;
  mayBeChosen: boolean;
  isChosen: boolean;
  isBusy: boolean;
  onChange: (isChosen: boolean) => void;
}

/** An office, what it has of the year, and what became of it. */
export function OfficeRow(props: OfficeRowProps) {
  const { office, outcome, mayBeChosen, isChosen, isBusy, onChange } = props;
  const { t, language, formats } = useWords();
  const id = `hand-down-${office.organization}`;

  function told() {
    if (outcome?.state === 'done') return t(`handDown.did.${outcome.did}`);
    if (outcome?.state === 'failed') return problemText(t, outcome.error);
    return t(`handDown.standing.${office.standing}`);
  }

  return (
    <li class="hand-down-office">
      <label class="check">
        <input
          type="checkbox"
          checked={isChosen}
          disabled={!mayBeChosen || isBusy}
          aria-describedby={id}
          onChange={({ currentTarget }) => onChange(currentTarget.checked)}
        />
        <span>{nameIn(language, office.name)}</span>
      </label>
      <p class={outcome?.state === 'failed' ? 'field-problem' : 'hint'} id={id}>
        {told()} ·{' '}
        {t('handDown.departments', {
          count: office.departments,
          n: formats.count(office.departments),
        })}
      </p>
    </li>
  );
}
