import type { Assessment } from '#core/contract/assessment.ts';
import type { LifeState } from '#core/contract/life.ts';
import { dayInBangkok } from '#core/life/day.ts';
import { stateOn } from '#core/life/state-on.ts';

/** The day in Thailand by this computer's clock, as an ISO date. */
export const today = (): string => dayInBangkok(Date.now());

/** The state of an assessment today. */
export const stateToday = ({ life }: Pick<Assessment, 'life'>): LifeState => stateOn(life, today());
