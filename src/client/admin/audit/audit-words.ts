import {
  AUDIT_ACTIONS,
  AUDIT_DETAILS,
  type AuditAction,
  type AuditDetail,
  type AuditEntry,
  NOBODY,
  SERVER_ACTOR,
  UNKNOWN_OUTCOME,
} from '#core/contract/audit.ts';
import type { Assessment } from '#core/contract/assessment.ts';
import type { Language } from '#core/contract/language.ts';
import { lifeStateSchema } from '#core/contract/life.ts';
import { MEASURE_STATES } from '#core/contract/measures.ts';
import { nameIn } from '#core/contract/localized-name.ts';
import { ENTRY_STATES } from '#core/contract/oit.ts';
import { roleSchema } from '#core/contract/role.ts';
import type { Formats } from '../formats.ts';
import type { Translate } from '../texts.ts';

/** An entry in words. */
export interface EntryWords {
  number: number;
  when: string;
  who: string;
  what: string;
  /** To which assessment; null = to none. */
  where: string | null;
  details: string[];
}

export interface WordsContext {
  t: Translate;
  language: Language;
  formats: Formats;
  assessments: readonly Assessment[];
}

const isAction = (action: string): action is AuditAction =>
  AUDIT_ACTIONS.some((known) => known === action);
const isDetail = (detail: string): detail is AuditDetail =>
  AUDIT_DETAILS.some((known) => known === detail);

/** Who it was, as the account was called then. */
export function actorWords(
  t: Translate,
  { account, name }: Pick<AuditEntry, 'account' | 'name'>,
): string {
  if (account === SERVER_ACTOR) return t('audit.actors.server');
  return account === NOBODY ? t('audit.actors.nobody') : name;
}

function valueWords({ t, formats }: WordsContext, detail: string, value: string): string {
  if (detail === 'outcome' && value === UNKNOWN_OUTCOME) return t('audit.unknownOutcome');
  if (detail === 'day' && /^\d{4}-\d\d-\d\d$/.test(value)) return formats.day(value);
  if ((detail === 'organizationFrom' || detail === 'organizationTo') && value === '')
    return t('organizations.noParent');
  if (detail === 'organization' && value === 'all') return t('organizations.everything');
  const role = roleSchema.safeParse(value);
  if (detail === 'role' && role.success) return t(`people.roles.${role.data}`);
  if (detail === 'state' && lifeStateSchema.safeParse(value).success)
    return t(`audit.states.${value}`);
  if (detail === 'state' && ENTRY_STATES.some((known) => known === value))
    return t(`oit.states.${value}`);
  if (detail === 'state' && MEASURE_STATES.some((known) => known === value))
    return t(`measures.states.${value}`);
  return value;
}

/** An assessment by its id; one that is gone has no name any more. */
export function assessmentWords(
  { t, language, formats, assessments }: WordsContext,
  id: string,
): string {
  const known = assessments.find((assessment) => assessment.id === id);
  if (!known) return t('audit.goneAssessment', { id: id.slice(0, 8) });
  return `${nameIn(language, known.organization)} · ${formats.year(known.fiscalYear)}`;
}

/** What was done; an action of another build is shown as its code. */
export const actionWords = (t: Translate, action: string): string =>
  isAction(action) ? t(`audit.actions.${action}`) : action;

/** An entry as one reads it; what this build has no words for is shown as its code. */
export function entryWords(context: WordsContext, entry: AuditEntry): EntryWords {
  const { t, formats } = context;
  return {
    number: entry.number,
    when: formats.moment(entry.moment),
    who: actorWords(t, entry),
    what: actionWords(t, entry.action),
    where: entry.assessment === null ? null : assessmentWords(context, entry.assessment),
    details: Object.entries(entry.details).map(([detail, value]) =>
      isDetail(detail)
        ? `${t(`audit.details.${detail}`)}: ${valueWords(context, detail, value)}`
        : `${detail}: ${value}`,
    ),
  };
}
