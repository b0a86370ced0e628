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

interface DueFieldProps {
  id: string;
  due: string;
  problem: string | undefined;
  onChange: (due: string) => void;
}

/** A day; browsers write it in years of the common era, so that the same day in words stands below. */
export function DueField({ id, due, problem, onChange }: DueFieldProps) {
  const { t, formats } = useWords();
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(due);
  return (
    <div class={problem ? 'field field-wrong' : 'field'}>
      <label for={id}>{t('oit.due')}</label>
      <p class="hint" id={`${id}-hint`}>
        {isDay ? formats.day(due) : t('oit.dueHint')}
      </p>
      {problem ? (
        <p class="field-problem" id={`${id}-problem`}>
          {problem}
        </p>
      ) : null}
      <input
        id={id}
        class="input"
        type="date"
        min="2000-01-01"
        max="2199-12-31"
        value={due}
        aria-invalid={problem ? 'true' : undefined}
        aria-describedby={problem ? `${id}-hint ${id}-problem` : `${id}-hint`}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </div>
  );
}

interface NoteFieldProps {
  id: string;
  note: string;
  problem: string | undefined;
  onInput: (note: string) => void;
}

/** A few lines of text. */
export function NoteField({ id, note, problem, onInput }: NoteFieldProps) {
  const { t } = useWords();
  return (
    <div class={problem ? 'field field-wrong' : 'field'}>
      <label for={id}>{t('oit.note')}</label>
      {problem ? (
        <p class="field-problem" id={`${id}-problem`}>
          {problem}
        </p>
      ) : null}
      <textarea
        id={id}
        class="input"
        rows={3}
        value={note}
        aria-invalid={problem ? 'true' : undefined}
        aria-describedby={problem ? `${id}-problem` : undefined}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </div>
  );
}
