import type { ApiError } from '../api-error.ts';
import type { SummaryLine } from '../parts/error-summary.tsx';
import { problemText } from '../problem-text.ts';
import type { Translate } from '../texts.ts';
import type { DraftForm } from './draft-form.ts';
import type { FieldProblem } from './field-problem.ts';

/** The words beside a field. */
export function fieldProblemText(t: Translate, problem: FieldProblem): string {
  return problem.code === 'year-taken'
    ? t('problems:year-taken')
    : t(`fieldProblems.${problem.code}`);
}

/** Which department a field is about: its name in Thai or its number, so that eleven equal lines can be told apart. */
function departmentOf(form: DraftForm, field: string): string | null {
  const number = /^department-(\d+)-/.exec(field)?.[1];
  if (number === undefined) return null;
  const name = form.departments.find((department) => String(department.number) === number)?.name.th;
  return name?.trim() || number;
}

/** The lines of the error summary: what this page found wrong, then what the server said. */
export function summaryLines(
  t: Translate,
  form: DraftForm,
  problems: readonly FieldProblem[],
  refused: ApiError | null,
): SummaryLine[] {
  const own = problems.map((problem) => {
    const text = fieldProblemText(t, problem);
    const department = departmentOf(form, problem.field);
    return {
      text: department === null ? text : t('fieldProblems.in', { department, text }),
      field: problem.field,
    };
  });
  return refused === null ? own : [...own, { text: problemText(t, refused), field: null }];
}
