import type { Assessment } from '#core/contract/assessment.ts';
import { figuresOf } from '#core/scoring/comparison.ts';
import type { Api } from '../api.ts';
import type { Standing } from './measures-view.ts';

/**
 * The card of an assessment, beside the year before: the published report that was typed in, else the office's own assessment
 * of that year among `all`.
 */
export async function readStanding(
  api: Pick<Api, 'card'>,
  assessment: Assessment,
  all: readonly Assessment[],
): Promise<Standing> {
  const { card, entered } = await api.card(assessment.id);
  if (entered.lastYear) return { card, before: entered.lastYear };
  const last = all.find(
    ({ organization, fiscalYear }) =>
      organization.th === assessment.organization.th && fiscalYear === assessment.fiscalYear - 1,
  );
  if (!last) return { card, before: null };
  return { card, before: figuresOf((await api.card(last.id)).card, last.fiscalYear) };
}
