import type { Report, ReportSection } from '../contract/report.ts';
import { nameIn } from '../contract/localized-name.ts';
import { comparisonSection } from './comparison.ts';
import { departmentsSection } from './departments.ts';
import { distributionsSection } from './distributions.ts';
import { measuresSection } from './measures.ts';
import { methodSection } from './method.ts';
import { qualitySection } from './quality.ts';
import type { ReportFacts } from './report-facts.ts';
import type { ReportWords } from './report-words.ts';
import { respondentsSection } from './respondents.ts';
import { scoresSection } from './scores-section.ts';
import { servicesSection } from './services.ts';

/**
 * The report of an assessment as data, with the sections of the published one first: whoever shows it needs no other
 * figures. A section that has nothing to tell says so in a sentence, or is left out where nobody would look for it.
 * Nothing is decided here about what may be told; what is hidden came hidden.
 */
export function makeReport(facts: ReportFacts, words: ReportWords): Report {
  const { assessment, instruments, madeOn } = facts;
  const figures = [
    respondentsSection(facts, words),
    scoresSection(facts, words),
    ...instruments.map((instrument) => distributionsSection(facts, words, instrument)),
    departmentsSection(facts, words),
    servicesSection(facts, words),
    comparisonSection(facts, words),
    qualitySection(facts, words),
    measuresSection(facts, words),
  ].filter((section) => section !== null);
  const sections: ReportSection[] = [...figures, methodSection(facts, words, figures)];
  return {
    language: words.language,
    title: words.t('title'),
    organization: nameIn(words.language, assessment.organization),
    fiscalYear: assessment.fiscalYear,
    madeOn,
    withheld: words.t('withheld'),
    sections: sections.map((section, index) => ({
      ...section,
      title: words.t('numbered', { number: index + 1, title: section.title }),
      shortTitle: words.t('numbered', { number: index + 1, title: section.shortTitle }),
    })),
  };
}
