import type { Card } from '#core/contract/card.ts';
import type { MeasureSubject } from '#core/contract/measures.ts';
import { useWords } from '../admin.ts';
import { subjectKey, subjectOf } from './measure-form.ts';
import { SubjectScores } from './measure-subject.tsx';
import { subjectName, type Standing } from './measures-view.ts';

interface SubjectFieldProps {
  id: string;
  /** As subjectKey() writes it. */
  value: string;
  standing: Standing;
  onChange: (key: string) => void;
}

/** Everything that a measure can be about, in groups: the indicators, and the items of each tool. */
function groupsOf({ indicators, items, tools }: Card) {
  return [
    {
      tool: null,
      subjects: indicators.map(({ indicator }): MeasureSubject => ({
        type: 'indicator',
        indicator,
      })),
    },
    ...tools.map(({ tool }) => ({
      tool,
      subjects: items
        .filter((item) => item.tool === tool)
        .map(({ code }): MeasureSubject => ({ type: 'item', item: code })),
    })),
  ].filter(({ subjects }) => subjects.length > 0);
}

/** Chooses what a measure is about; its scores stand below. */
export function SubjectField({ id, value, standing, onChange }: SubjectFieldProps) {
  const { t, texts, formats } = useWords();
  const { card } = standing;
  const groups = groupsOf(card);
  // Of an item that the assessment no longer has.
  const isKnown = groups.some(({ subjects }) =>
    subjects.some((subject) => subjectKey(subject) === value),
  );
  const codeOf = (subject: MeasureSubject) =>
    subject.type === 'indicator' ? formats.count(subject.indicator) : subjectKey(subject);
  return (
    <div class="field">
      <label for={id}>{t('measures.about')}</label>
      <select
        id={id}
        class="input select"
        value={value}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      >
        <option value="">{t('measures.general')}</option>
        {isKnown || value === '' ? null : <option value={value}>{value}</option>}
        {groups.map(({ tool, subjects }) => (
          <optgroup
            key={tool}
            label={tool === null ? t('measures.indicators') : t('measures.itemsOf', { tool })}
          >
            {subjects.map((subject) => (
              <option key={subjectKey(subject)} value={subjectKey(subject)}>
                {codeOf(subject)} {subjectName(card, texts, subject)}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      <SubjectScores about={subjectOf(value)} standing={standing} />
    </div>
  );
}
