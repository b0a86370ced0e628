import type { Report, ReportCell } from '#core/contract/report.ts';
import { useWords } from '../admin.ts';
import { changeText } from '../card/card-texts.ts';

/** One figure or word of the report, in the way its language writes it. */
export function CellText({ cell, withheld }: { cell: ReportCell } & Pick<Report, 'withheld'>) {
  const { formats, t } = useWords();
  if (cell.type === 'text') return <>{cell.text}</>;
  if (cell.type === 'day') return <>{formats.day(cell.day)}</>;
  if (cell.type === 'weight') return <>{formats.code(cell.value)}</>;
  if (cell.type === 'count') return <>{formats.count(cell.value)}</>;
  if (cell.type === 'hidden')
    return (
      <span class="report-hidden">
        {cell.reason === 'few' ? t('report.few', { below: formats.count(cell.below) }) : withheld}
      </span>
    );
  if (cell.type === 'change')
    return <>{cell.value === null ? '–' : changeText(formats, cell.value)}</>;
  return <>{formats.score(cell.value)}</>;
}
