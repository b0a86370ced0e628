import type { Transaction } from 'kysely';
import type { UncountedReason } from '#core/contract/uncounted.ts';
import { inPlace, type Place, type Placed, placeKey } from './places.ts';
import { staffCodeHash } from './staff-code-rows.ts';
import type { ResponseToKeep } from './storage.ts';
import type { Tables } from './tables.ts';

/** Why those among the responses that are not to be counted are not, by key. @see keyOf */
export type ReasonsByKey = ReadonlyMap<string, UncountedReason>;

const NO_REASONS: ReasonsByKey = new Map();

/**
 * The rule of an assessment; until the transaction ends nobody else judges a code of it, or changes the rule. Null where codes
 * were never made or demanded.
 */
async function lockRule(
  transaction: Transaction<Tables>,
  { organization_id }: Place,
  assessment: string,
) {
  const rule = await transaction
    .updateTable('staff_code_rules')
    .set((column) => ({ is_demanded: column.ref('is_demanded') }))
    .where('organization_id', '=', organization_id)
    .where('assessment_id', '=', assessment)
    .returning(['is_demanded', 'secret'])
    .executeTakeFirst();
  return rule ?? null;
}

/** Those of the responses that are stored nowhere yet, and the reasons of those that are kept apart already. */
async function judgedBefore(
  transaction: Transaction<Tables>,
  place: Place,
  responses: readonly ResponseToKeep[],
): Promise<{ counted: Set<string>; reasons: Map<string, UncountedReason> }> {
  const ids = responses.map(({ id }) => id);
  const counted = await transaction
    .selectFrom('responses')
    .select('id')
    .where(inPlace(place))
    .where('id', 'in', ids)
    .execute();
  const apart = await transaction
    .selectFrom('uncounted')
    .select(['id', 'reason'])
    .where(inPlace(place))
    .where('id', 'in', ids)
    .execute();
  return {
    counted: new Set(counted.map(({ id }) => id)),
    reasons: new Map(apart.map(({ id, reason }) => [id, reason])),
  };
}

/**
 * Marks the codes as spent. All codes of their departments are written anew with them: on PostgreSQL a row tells by which
 * transaction it was written, and so would lead from a code to the response that was written with it.
 */
async function markSpent(
  transaction: Transaction<Tables>,
  { organization_id }: Place,
  assessment: string,
  spent: ReadonlyMap<string, number>,
): Promise<void> {
  if (spent.size === 0) return;
  await transaction
    .updateTable('staff_codes')
    .set(({ eb }) => ({
      spent: eb
        .case()
        .when('hash', 'in', [...spent.keys()])
        .then(1)
        .else(eb.ref('spent'))
        .end(),
    }))
    .where('organization_id', '=', organization_id)
    .where('assessment_id', '=', assessment)
    .where('department', 'in', [...new Set(spent.values())])
    .execute();
}

/** The reasons by id, of responses to one assessment. */
async function spendOfOne(
  transaction: Transaction<Tables>,
  place: Place,
  assessment: string,
  responses: readonly ResponseToKeep[],
): Promise<ReadonlyMap<string, UncountedReason>> {
  const rule = await lockRule(transaction, place, assessment);
  if (!rule) return NO_REASONS;
  const { counted, reasons } = await judgedBefore(transaction, place, responses);
  const claims = responses
    .filter(({ id }) => !counted.has(id) && !reasons.has(id))
    .map(({ id, staffCode }) => {
      const code = staffCode?.code ?? null;
      return { id, hash: code === null ? null : staffCodeHash(rule.secret, code) };
    });
  const claimed = claims.flatMap(({ hash }) => hash ?? []);
  const known =
    claimed.length === 0
      ? []
      : await transaction
          .selectFrom('staff_codes')
          .select(['hash', 'department', 'spent'])
          .where('organization_id', '=', place.organization_id)
          .where('assessment_id', '=', assessment)
          .where('hash', 'in', claimed)
          .execute();
  const codes = new Map(known.map((code) => [code.hash, code]));
  const spent = new Map<string, number>();
  for (const { id, hash } of claims) {
    const code = hash === null ? undefined : codes.get(hash);
    if (code && code.spent === 0 && !spent.has(code.hash)) spent.set(code.hash, code.department);
    else if (rule.is_demanded === 1)
      reasons.set(id, hash === null ? 'code-missing' : code ? 'code-spent' : 'code-unknown');
  }
  await markSpent(transaction, place, assessment, spent);
  return reasons;
}

/**
 * Judges the codes that responses of the staff came with, and spends those that open; each key is there once. What is stored
 * already, counted or apart, is not judged again. Where no codes are demanded any more nothing is kept apart, but a code that came is spent
 * all the same, so that it is not good for a second answer once they are demanded again.
 */
export async function spendStaffCodes(
  transaction: Transaction<Tables>,
  responses: readonly Placed<ResponseToKeep>[],
): Promise<ReasonsByKey> {
  const byAssessment = new Map<string, Placed<ResponseToKeep>[]>();
  for (const response of responses) {
    const { assessment } = response.staffCode ?? {};
    if (assessment === undefined) continue;
    byAssessment.set(assessment, [...(byAssessment.get(assessment) ?? []), response]);
  }
  const reasons = new Map<string, UncountedReason>();
  // In one order, so that two who judge for the same assessments cannot block each other for ever.
  for (const assessment of [...byAssessment.keys()].sort()) {
    const own = byAssessment.get(assessment) ?? [];
    // All channels of an assessment are in one place.
    const [place] = own;
    if (!place) continue;
    const found = await spendOfOne(transaction, place, assessment, own);
    for (const [id, reason] of found) reasons.set(placeKey(place, id), reason);
  }
  return reasons;
}
