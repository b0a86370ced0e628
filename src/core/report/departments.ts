import type { ReportSection } from '../contract/report.ts';
import type { GroupScore } from '../contract/scores.ts';
import type { RespondentField } from '../instruments/instrument.ts';
import {
  cellsOf,
  count,
  figures,
  hidden,
  score,
  table,
  text,
  words as wordsColumn,
} from './cells.ts';
import { departmentTitle } from './labels.ts';
import { groupsBy, isNobody, NOBODY, silenceOf, type ReportFacts } from './report-facts.ts';
import type { ReportWords } from './report-words.ts';

const isOfDepartments = ({ options }: RespondentField): boolean => options === 'departments';

/** The scores of each department: every tool, and their mean; null where no instrument asks for one, or there is none. */
export function departmentsSection(facts: ReportFacts, words: ReportWords): ReportSection | null {
  const { t } = words;
  const { assessment, instruments, scores } = facts;
  const groupsOf = (department: number | null) =>
    instruments.map((instrument) => {
      const field = instrument.fields.find(isOfDepartments);
      const values = field ? groupsBy(facts, instrument, field) : [];
      return values.find(({ option }) => option === department)?.group ?? NOBODY;
    });
  const meanOf = (department: number | null, groups: readonly GroupScore[]) => {
    const [reason] = groups.flatMap((group) => (group.state === 'hidden' ? [group.reason] : []));
    if (reason !== undefined) return hidden(reason, scores.threshold);
    const found = scores.departments.find((known) => known.department === department);
    return score(found?.mean ?? null);
  };
  const rows = [...assessment.departments.map(({ number }) => number), null]
    .map((department) => ({ department, groups: groupsOf(department) }))
    .filter(({ department, groups }) => department !== null || !groups.every(isNobody));

  const asks = instruments.some(({ fields }) => fields.some(isOfDepartments));
  if (rows.length === 0 || !asks) return null;
  const about = {
    id: 'departments',
    title: t('sections.departments'),
    shortTitle: t('short.departments'),
  };
  if (instruments.every((instrument) => silenceOf(facts, instrument) === 'nobody'))
    return { ...about, paragraphs: [t('silence.nobodyAtAll')], tables: [] };
  return {
    ...about,
    paragraphs: [],
    tables: [
      table({
        id: 'scores-by-department',
        title: t('departments.title'),
        columns: [
          wordsColumn(t('columns.department')),
          ...instruments.flatMap(({ tool }) => [
            figures(t('columns.peopleOf', { tool })),
            figures(tool),
          ]),
          figures(t('columns.mean')),
        ],
        bars: 1 + 2 * instruments.length,
        rows: rows.map(({ department, groups }) => [
          text(departmentTitle(words, assessment, department)),
          ...groups.flatMap((group) =>
            cellsOf(group, scores.threshold, [(n) => count(n), (_, value) => score(value.score)]),
          ),
          meanOf(department, groups),
        ]),
      }),
    ],
  };
}
