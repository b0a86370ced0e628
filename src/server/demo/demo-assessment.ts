import {
  type Assessment,
  type AssessmentDraft,
  assessmentListSchema,
  assessmentSchema,
  templateListSchema,
} from '#core/contract/assessment.ts';
import type { ApiClient } from './api-client.ts';
import { DemoProblem } from './demo-problem.ts';
import { publishedReport } from './published-report.ts';

const TEMPLATE = 'bangkok-district-2568';

const ORGANIZATION = {
  th: 'สำนักงานเขตประเวศ',
  en: 'Prawet District Office',
  zh: '巴威区办事处',
  my: 'ပရာဝက် ခရိုင်ရုံး',
};

/** The targets are as many people as the report counts in each department. */
function draftOf(template: AssessmentDraft): AssessmentDraft {
  return {
    ...template,
    organization: ORGANIZATION,
    fiscalYear: publishedReport.fiscalYear,
    departments: template.departments.map((department) => ({
      ...department,
      targets: Object.fromEntries(
        publishedReport.tools.map(({ instrument, fields }) => [
          instrument,
          fields['department']?.[department.number - 1] ?? null,
        ]),
      ),
    })),
  };
}

/** The Prawet office's assessment of the report's year: the one that is there, or a new one from the template. */
export async function findOrCreateAssessment(
  api: ApiClient,
): Promise<{ assessment: Assessment; isNew: boolean }> {
  const { assessments } = await api.get('/api/v1/assessments', assessmentListSchema);
  const found = assessments.find(
    ({ organization, fiscalYear }) =>
      organization.th === ORGANIZATION.th && fiscalYear === publishedReport.fiscalYear,
  );
  if (found) return { assessment: found, isNew: false };
  const { templates } = await api.get('/api/v1/templates', templateListSchema);
  const template = templates.find(({ id }) => id === TEMPLATE);
  if (!template) throw new DemoProblem(`The server has no template ${TEMPLATE}: is it up to date?`);
  const draft = draftOf(template.draft);
  return {
    assessment: await api.post('/api/v1/assessments', draft, assessmentSchema),
    isNew: true,
  };
}
