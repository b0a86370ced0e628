import type { Assessment } from '#core/contract/assessment.ts';
import type { Language } from '#core/contract/language.ts';
import {
  type Report,
  type ReportFile,
  reportFileQuerySchema,
  reportPageQuerySchema,
  reportSchema,
  responseFileQuerySchema,
  responseFileSchema,
  RESPONSES_HEADER,
} from '#core/contract/report.ts';
import { makeReport } from '#core/report/make-report.ts';
import { readCard } from '../assessments/read-card.ts';
import { readOit } from '../assessments/read-oit.ts';
import type { Results } from '../counting/results.ts';
import { dayInBangkok } from '../day.ts';
import { reportCsv } from '../export/report-csv.ts';
import { reportXlsx } from '../export/report-xlsx.ts';
import { responseFilePieces, singleResponses } from '../export/single-responses.ts';
import type { AppContext, AppEffects } from './effects.ts';
import { findAssessment } from './find-assessment.ts';
import { ProblemError } from './problem-error.ts';
import { readQuery } from './read-query.ts';
import type { Route } from './route.ts';
import { streamOf } from './stream-of.ts';

const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const CONTENT_TYPE = {
  xlsx: XLSX_TYPE,
  csv: 'text/csv; charset=utf-8',
  json: 'application/json',
} as const;

const LANGUAGE_MEANING = 'The language it is written in: th, en, zh or my';

function fileOf(
  context: AppContext,
  content: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>,
  name: string,
  format: ReportFile,
): Response {
  return context.body(content, 200, {
    'content-type': CONTENT_TYPE[format],
    'content-disposition': `attachment; filename="${name}.${format}"`,
  });
}

async function contentOf(report: Report, format: ReportFile) {
  if (format === 'xlsx') return new Uint8Array(await reportXlsx(report));
  return format === 'csv' ? reportCsv(report) : JSON.stringify(report);
}

/** The report of an assessment, and the single responses that it is made from. */
export function reportRoutes(effects: AppEffects, results: Results): Route[] {
  const { instruments, log, now, reportWords, storage } = effects;

  async function reportOf(assessment: Assessment, language: Language): Promise<Report> {
    const scores = await results.scores(assessment);
    const { card, entered } = await readCard(effects, assessment, scores);
    return makeReport(
      {
        assessment,
        card,
        lastYear: entered.lastYear,
        measures: await storage.listMeasures(assessment.id),
        oit: await readOit(effects, assessment),
        instruments: assessment.instruments.flatMap((id) => instruments.get(id) ?? []),
        participation: await results.participation(assessment),
        scores,
        madeOn: dayInBangkok(now()),
      },
      reportWords(language),
    );
  }

  return [
    {
      method: 'GET',
      path: '/api/v1/assessments/:id/report/page',
      summary: 'The report with all its sections, to be shown; what few people said is hidden',
      access: 'look',
      query: { language: LANGUAGE_MEANING },
      replies: { 200: reportSchema },
      problems: ['invalid-request', 'not-found', 'counting-underway', 'storage-unavailable'],
      async handle(context) {
        const { language } = readQuery(context, reportPageQuerySchema);
        return context.json(await reportOf(await findAssessment(effects, context), language));
      },
    },
    {
      method: 'GET',
      path: '/api/v1/assessments/:id/report',
      summary: 'The report as a file: as data, as a workbook or as a text file for spreadsheets',
      access: 'look',
      query: { language: LANGUAGE_MEANING, format: 'json, xlsx or csv' },
      audit: 'report-exported',
      replies: { 200: reportSchema },
      mediaTypes: [XLSX_TYPE, 'text/csv'],
      problems: ['invalid-request', 'not-found', 'counting-underway', 'storage-unavailable'],
      async handle(context) {
        const { language, format } = readQuery(context, reportFileQuerySchema);
        const assessment = await findAssessment(effects, context);
        const content = await contentOf(await reportOf(assessment, language), format);
        context.set('audited', { details: { format } });
        return fileOf(context, content, `ita-${assessment.fiscalYear}-${language}`, format);
      },
    },
    {
      method: 'POST',
      path: '/api/v1/assessments/:id/report/prints',
      summary: 'Tells the log that somebody is about to print the report',
      access: 'look',
      audit: 'report-printed',
      replies: { 204: null },
      problems: ['not-found', 'storage-unavailable'],
      async handle(context) {
        await findAssessment(effects, context);
        return context.body(null, 204);
      },
    },
    {
      method: 'GET',
      path: '/api/v1/assessments/:id/responses',
      summary: 'Single responses as a file, shuffled and without what would tell who gave them',
      access: 'own',
      query: { instrument: 'The id of a questionnaire of the assessment', format: 'csv or json' },
      audit: 'responses-exported',
      replies: { 200: responseFileSchema },
      mediaTypes: ['text/csv'],
      problems: ['invalid-request', 'not-found', 'storage-unavailable'],
      async handle(context) {
        const { instrument: id, format } = readQuery(context, responseFileQuerySchema);
        const assessment = await findAssessment(effects, context);
        const instrument = assessment.instruments.includes(id) ? instruments.get(id) : undefined;
        if (!instrument) throw new ProblemError('invalid-request', 'instrument');
        const responses = await singleResponses(effects, assessment, instrument);
        context.set('audited', { details: { format, count: String(responses.total) } });
        const pieces = responseFilePieces(instrument, responses, format);
        context.header(RESPONSES_HEADER, String(responses.total));
        const name = `responses-${assessment.fiscalYear}-${id}`;
        return fileOf(context, streamOf(pieces, log), name, format);
      },
    },
  ];
}
