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

interface Context {
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
function actorWords(t: Translate, { account, name }: AuditEntry): string {
  if (account === SERVER_ACTOR) return t('audit.actors.server');
  return account === NOBODY ? t('audit.actors.nobody') : name;
}

function valueWords({ t, formats }: Context, detail: string, value: string): string {
  if (detail === 'outcome' && value === UNKNOWN_OUTCOME) return t('audit.unknownOutcome');
  if (detail === 'day' && /^\d{4}-\d\d-\d\d$/.test(value)) return formats.day(value);
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

function whereWords({ t, language, formats, assessments }: Context, id: string | null) {
  if (id === null) return null;
  const known = assessments.find((assessment) => assessment.id === id);
  if (!known) return t('audit.unknownAssessment');
  return `${nameIn(language, known.organization)} · ${formats.year(known.fiscalYear)}`;
}

/** An entry as one reads it; what this build has no words for is shown as its code. */
export function entryWords(context: Context, entry: AuditEntry): EntryWords {
  const { t, formats } = context;
  return {
    number: entry.number,
    when: formats.moment(entry.moment),
    who: actorWords(t, entry),
    what: isAction(entry.action) ? t(`audit.actions.${entry.action}`) : entry.action,
    where: whereWords(context, entry.assessment),
    details: Object.entries(entry.details).map(([detail, value]) =>
      isDetail(detail)
        ? `${t(`audit.details.${detail}`)}: ${valueWords(context, detail, value)}`
        : `${detail}: ${value}`,
    ),
  };
}

/** True if each of the words that were typed is somewhere in the entry. */
export function matchesSearch(entry: EntryWords, search: string): boolean {
  const { when, who, what, where, details } = entry;
  const text = [when, who, what, where ?? '', ...details].join(' ').toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
