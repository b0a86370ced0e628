import type { Assessment } from '#core/contract/assessment.ts';
import { nameIn } from '#core/contract/localized-name.ts';
import type { PublishedFigures } from '#core/contract/figures.ts';
import { useMay, useWords } from '../admin.ts';
import { Link } from '../parts/link.tsx';

/** What a card is compared with: nothing, the report that was typed in, or another assessment by its id. */
export type CompareChoice = 'nothing' | 'report' | (string & {});

interface CompareSelectProps {
  choice: CompareChoice;
  report: PublishedFigures | null;
  others: readonly Assessment[];
  onChoose: (choice: CompareChoice) => void;
}

/** Chooses what to compare the card with. */
export function CompareSelect({ choice, report, others, onChoose }: CompareSelectProps) {
  const { t, language, formats } = useWords();
  const may = useMay();
  return (
    <div class="compare">
      <div class="field">
        <label for="card-compare">{t('card.compareWith')}</label>
        <select
          id="card-compare"
          class="input select"
          value={choice}
          onChange={({ currentTarget }) => onChoose(currentTarget.value)}
        >
          <option value="nothing">{t('card.compareNothing')}</option>
          {report ? (
            <option value="report">
              {t('card.compareReport', { year: formats.year(report.fiscalYear) })}
            </option>
          ) : null}
          {others.map(({ id, organization, fiscalYear }) => (
            <option key={id} value={id}>
              {t('card.compareAssessment', {
                name: nameIn(language, organization),
                year: formats.year(fiscalYear),
              })}
            </option>
          ))}
        </select>
      </div>
      {may('edit') ? (
        <Link to={{ page: 'figures' }} class="button button-quiet">
          {t('card.enterFigures')}
        </Link>
      ) : null}
    </div>
  );
}
