import type { Participation } from '#core/contract/participation.ts';

export type InstrumentParticipation = Participation['instruments'][number];
export type DepartmentParticipation = InstrumentParticipation['departments'][number];

/**
 * How a group stands against its target. behind: its share of the target is less than three quarters of the office's
 * own share, or nobody answered though elsewhere they did.
 */
export type Standing = 'reached' | 'under-way' | 'behind' | 'no-target';

const BEHIND_SHARE = 0.75;

/** The part of a target that is reached, from 0 to 1 and above; null without a target. */
export function shareOf(n: number, target: number | null): number | null {
  return target === null || target === 0 ? null : n / target;
}

export function standingOf(
  department: Pick<DepartmentParticipation, 'n' | 'target'>,
  office: Pick<InstrumentParticipation, 'n' | 'target'>,
): Standing {
  const share = shareOf(department.n, department.target);
  if (share === null) return 'no-target';
  if (share >= 1) return 'reached';
  const officeShare = Math.min(1, shareOf(office.n, office.target) ?? 0);
  return share < officeShare * BEHIND_SHARE ? 'behind' : 'under-way';
}

/** The departments that miss their target, though others may have more than enough. */
export const departmentsShort = ({ departments }: InstrumentParticipation) =>
  departments.filter(({ n, target }) => (shareOf(n, target) ?? 1) < 1);

/** The departments that are behind, the furthest first. */
export function departmentsBehind(instrument: InstrumentParticipation): DepartmentParticipation[] {
  return instrument.departments
    .filter((department) => standingOf(department, instrument) === 'behind')
    .sort((a, b) => (shareOf(a.n, a.target) ?? 0) - (shareOf(b.n, b.target) ?? 0));
}

/** What to say where no department is told to be behind: none is, or nobody can know, as nobody answered yet or none has a target. */
export function nobodyBehind(
  participation: Participation,
): 'overview.nobodyBehind' | 'overview.behindUnknown' | 'overview.behindNoTarget' {
  const departments = participation.instruments.flatMap((instrument) => instrument.departments);
  if (departments.every(({ target }) => target === null)) return 'overview.behindNoTarget';
  return totalOf(participation) === 0 ? 'overview.behindUnknown' : 'overview.nobodyBehind';
}

/** How many answered, over all instruments. */
export function totalOf(participation: Participation): number {
  return participation.instruments.reduce((sum, { n }) => sum + n, 0);
}

type ChannelCount = InstrumentParticipation['channels'][number];

/** The channels of all instruments, those through which most people answered first. */
export function channelRows(
  participation: Participation,
): (ChannelCount & { instrument: string })[] {
  return participation.instruments
    .flatMap(({ instrument, channels }) => channels.map((channel) => ({ ...channel, instrument })))
    .sort((a, b) => b.n - a.n);
}

export interface DayCount {
  day: string;
  n: number;
}

/** The latest days shown in the chart. */
export const CHART_DAYS = 31;

const DAY_MS = 86_400_000;

/** Every day from the first to the last one with responses, also those without any, the latest 31 of them. */
export function dayRow(instruments: readonly InstrumentParticipation[]): DayCount[] {
  const counts = new Map<string, number>();
  for (const { days } of instruments)
    for (const { day, n } of days) counts.set(day, (counts.get(day) ?? 0) + n);
  const known = [...counts.keys()].sort();
  const last = Date.parse(known[known.length - 1] ?? '');
  const first = Math.max(Date.parse(known[0] ?? ''), last - (CHART_DAYS - 1) * DAY_MS);
  const row: DayCount[] = [];
  for (let moment = first; moment <= last; moment += DAY_MS) {
    const day = new Date(moment).toISOString().slice(0, 10);
    row.push({ day, n: counts.get(day) ?? 0 });
  }
  return row;
}
