import type { Assessment, ChannelSummary } from '#core/contract/assessment.ts';
import type { Language } from '#core/contract/language.ts';
import { nameIn } from '#core/contract/localized-name.ts';
import type { Translate } from './texts.ts';

/** The name of a department of the assessment; null stands for people who did not say. */
export function departmentName(
  assessment: Assessment,
  language: Language,
  t: Translate,
  number: number | null,
): string {
  if (number === null) return t('departments.notSaid');
  const department = assessment.departments.find((known) => known.number === number);
  return department ? nameIn(language, department.name) : t('departments.numbered', { number });
}

/** The name of what a channel stands for: a department, or the whole office. */
export function channelName(
  assessment: Assessment,
  language: Language,
  t: Translate,
  channel: Pick<ChannelSummary, 'department'>,
): string {
  return channel.department === null
    ? t('channels.wholeOffice')
    : departmentName(assessment, language, t, channel.department);
}
