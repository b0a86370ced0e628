import type { Sample } from './exposition.ts';

/** A request that was answered. `route`: its pattern, never its path; `isOfOffice`: only somebody signed in gets an answer there. */
export interface HandledRequest {
  method: string;
  route: string;
  status: number;
  ms: number;
  isOfOffice: boolean;
}

/** Upper bounds in seconds; a last one without a bound follows. */
const BOUNDS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']);

/** How long the requests of one route took. `within`: how many took so long at the most, for each of the bounds. */
interface Durations {
  within: number[];
  sum: number;
  count: number;
}

/** What was asked how often, and how long it took; plain data, so that it can be copied. */
export interface RequestCounts {
  requests: Map<string, { labels: Record<string, string>; count: number }>;
  durations: Map<string, Durations>;
}

export const newRequestCounts = (): RequestCounts => ({
  requests: new Map(),
  durations: new Map(),
});

export function countRequest(
  { requests, durations }: RequestCounts,
  { method, route, status, ms }: HandledRequest,
): void {
  const labels = {
    method: METHODS.has(method) ? method : 'other',
    route,
    status: `${Math.floor(status / 100)}xx`,
  };
  const key = Object.values(labels).join(' ');
  const known = requests.get(key) ?? { labels, count: 0 };
  known.count += 1;
  requests.set(key, known);

  const seconds = ms / 1_000;
  const taken = durations.get(route) ?? { within: BOUNDS.map(() => 0), sum: 0, count: 0 };
  taken.within = taken.within.map((count, place) =>
    seconds <= (BOUNDS[place] ?? 0) ? count + 1 : count,
  );
  taken.sum += seconds;
  taken.count += 1;
  durations.set(route, taken);
}

export const requestSamples = ({ requests }: RequestCounts): Sample[] =>
  [...requests.values()].map(({ labels, count }) => ({ labels, value: count }));

export const durationSamples = ({ durations }: RequestCounts): Sample[] =>
  [...durations].flatMap(([route, { within, sum, count }]) => [
    ...within.map((value, place) => ({
      suffix: '_bucket',
      labels: { route, le: String(BOUNDS[place]) },
      value,
    })),
    { suffix: '_bucket', labels: { route, le: '+Inf' }, value: count },
    { suffix: '_sum', labels: { route }, value: sum },
    { suffix: '_count', labels: { route }, value: count },
  ]);
