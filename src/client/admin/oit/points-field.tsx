import type { ChecklistEntry } from '#core/contract/oit.ts';
import { useWords } from '../admin.ts';
import { entryField } from './entry-form.ts';

type Points = ChecklistEntry['points'];

interface PointsFieldProps {
  item: string;
  points: Points;
  onChoose: (points: Points) => void;
}

const POINTS: readonly Points[] = [null, 0, 100];

/** What the office gives itself for an item: nothing said yet, 0 or 100. */
export function PointsField({ item, points, onChoose }: PointsFieldProps) {
  const { t, formats } = useWords();
  return (
    <fieldset class="segments">
      <legend>{t('oit.points')}</legend>
      <div class="segments-row">
        {POINTS.map((choice) => (
          <label key={String(choice)} class="segment">
            <input
              type="radio"
              name={entryField(item, 'points')}
              class="visually-hidden"
              checked={points === choice}
              onChange={() => onChoose(choice)}
            />
            <span>{choice === null ? t('oit.notJudgedShort') : formats.count(choice)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
