import type { SetAside } from '#core/contract/set-aside.ts';

type Quarantined = SetAside['quarantined'][number];

/**
 * Why responses are quarantined now. ready: nothing is wrong with them any more, a retry counts them; newer: they are of a
 * later version of the app than this server; instrument: they are of an instrument that this server does not have; else the
 * code of a problem.
 */
export type QuarantineReason = 'ready' | 'newer' | 'instrument' | { problem: string };

export interface QuarantineGroup {
  reason: QuarantineReason;
  channels: Array<{ channel: string; count: number }>;
}

function reasonOf({ problem }: Quarantined): QuarantineReason {
  if (problem === null) return 'ready';
  if (problem.detail === 'protocol') return 'newer';
  return problem.code === 'instrument-unknown' ? 'instrument' : { problem: problem.code };
}

const keyOf = (reason: QuarantineReason) =>
  typeof reason === 'string' ? reason : `problem ${reason.problem}`;

/** The quarantined ones by reason, what a retry counts first; channels of one reason together, each once. */
export function quarantineGroups({ quarantined }: SetAside): QuarantineGroup[] {
  const groups = new Map<string, QuarantineGroup>();
  for (const entry of quarantined) {
    const reason = reasonOf(entry);
    const group = groups.get(keyOf(reason)) ?? { reason, channels: [] };
    const known = group.channels.find(({ channel }) => channel === entry.channel);
    if (known) known.count += entry.count;
    else group.channels.push({ channel: entry.channel, count: entry.count });
    groups.set(keyOf(reason), group);
  }
  return [...groups.values()].sort(
    (a, b) => Number(b.reason === 'ready') - Number(a.reason === 'ready'),
  );
}
