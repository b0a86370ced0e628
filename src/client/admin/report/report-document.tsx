import type { Report, ReportSection } from '#core/contract/report.ts';
import { useWords } from '../admin.ts';
import { TableOfReport } from './report-table.tsx';

/** Many small tables stand in two columns where there is room. */
const isOfMany = ({ tables }: ReportSection) => tables.length > 8;

/** The report as it is read and printed: a head that says whose it is, then section after section. */
export function ReportDocument({ report }: { report: Report }) {
  const { t, formats } = useWords();
  return (
    <article class="report" lang={report.language}>
      <header class="report-head">
        <h2>{report.title}</h2>
        <p class="report-office">{report.organization}</p>
        <p>
          {t('app.fiscalYear', {
            year: formats.year(report.fiscalYear),
            commonYear: formats.commonYear(report.fiscalYear),
          })}
        </p>
        <p>{t('report.madeOn', { day: formats.day(report.madeOn) })}</p>
      </header>
      <nav class="report-contents" aria-label={t('report.contents')}>
        <ol>
          {report.sections.map(({ id, title }) => (
            <li key={id}>
              <a href={`#section-${id}`}>{title}</a>
            </li>
          ))}
        </ol>
      </nav>
      {report.sections.map((section) => (
        <section
          key={section.id}
          class={`report-section report-${section.id}${isOfMany(section) ? ' report-of-many' : ''}`}
          aria-labelledby={`section-${section.id}`}
        >
          <h2 id={`section-${section.id}`} tabIndex={-1}>
            {section.title}
          </h2>
          {section.paragraphs.map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
          <div class="report-tables">
            {section.tables.map((table) => (
              <TableOfReport key={table.id} table={table} withheld={report.withheld} />
            ))}
          </div>
        </section>
      ))}
    </article>
  );
}
