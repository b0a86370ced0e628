import type { Assessment, ChannelSummary } from '#core/contract/assessment.ts';
import { normalizeChannelCode } from '#core/contract/channel-code.ts';

/** What narrows the list: an instrument id or null for all, and words to search for. */
export interface ChannelFilter {
  instrument: string | null;
  search: string;
}

/** True if the channel's code or its department's name in any language holds what was typed. */
export function matchesFilter(
  channel: ChannelSummary,
  assessment: Assessment,
  filter: ChannelFilter,
): boolean {
  if (filter.instrument !== null && channel.instrument !== filter.instrument) return false;
  const search = filter.search.trim().toLowerCase();
  if (search === '') return true;
  const code = normalizeChannelCode(search);
  if (code !== '' && channel.code.includes(code)) return true;
  const department = assessment.departments.find(({ number }) => number === channel.department);
  const named = department?.name ?? assessment.organization;
  return Object.values(named).some((name) => name?.toLowerCase().includes(search));
}
