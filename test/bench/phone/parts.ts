// What is measured: the first question of a first visit, taps, and the first question of a phone that was here before.
import type { Browser } from '@playwright/test';
import { untilReadyForOffline } from '../../e2e/support/device.ts';
import type { ServerProcess } from '../../e2e/support/server.ts';
import {
  head,
  inRounds,
  mediansOf,
  PRODUCTS,
  row,
  tell,
  tenths,
  times,
  whole,
  type Each,
  type Product,
} from './rounds.ts';
import { medianOf, percentileOf } from './statistics.ts';
import {
  answer,
  BAD,
  firstQuestion,
  newPhone,
  NOT_SLOWED,
  SLOW_4G,
  type FirstQuestion,
  type Slowness,
  type Taps,
  type Work,
} from './visit.ts';

const QUESTIONS = 6;
const CPUS = [4, 6];

/** Where everything is, and how often it is visited. `before`: a page of another site. */
export interface Bench {
  browser: Browser;
  server: ServerProcess;
  before: string;
  addresses: Record<Product, string>;
  runs: number;
}

const WORK: readonly [string, keyof Work][] = [
  ['all', 'all'],
  ['scripts', 'scripts'],
  ['style and layout', 'layout'],
];

function tellWork<T>(title: string, visits: Each<T>, workOf: (visit: T) => Work): void {
  head(title, ...PRODUCTS, 'to the form');
  for (const [name, of] of WORK) {
    const [ours, floor, peer] = mediansOf(visits, (visit) => workOf(visit)[of]);
    row(name, tenths(ours), tenths(floor), tenths(peer), floor > 0 ? times(ours / floor) : '');
  }
}

export async function cold({ browser, before, addresses, runs }: Bench): Promise<void> {
  const visitsOf = (what: string, slowness: Slowness) =>
    inRounds(what, runs, async (product) => {
      const phone = await newPhone(browser);
      const visit = await firstQuestion(phone, [before, addresses[product]], slowness);
      await phone.close();
      return visit;
    });
  const figures: [string, Each<FirstQuestion>][] = [];
  for (const network of [SLOW_4G, BAD])
    for (const cpu of CPUS) {
      const what = `cold, ${network.name}, CPU ${cpu}x`;
      figures.push([what, await visitsOf(what, { cpu, network })]);
    }
  const notSlowed = await visitsOf('cold, not slowed', NOT_SLOWED);
  head(
    'first paint / first question usable, ms',
    ...PRODUCTS,
    'to the form (aim 1.15)',
    'SurveyJS to ours (aim 8)',
    'kB of what had come whole by then',
  );
  for (const [what, visits] of figures) {
    const painted = mediansOf(visits, ({ firstPaintMs }) => firstPaintMs);
    const usable = mediansOf(visits, ({ usableMs }) => usableMs);
    const [ours, floor, peer] = usable;
    row(
      what,
      ...usable.map((ms, index) => `${whole(painted[index] ?? Number.NaN)} / ${whole(ms)}`),
      times(ours / floor),
      times(peer / ours),
      mediansOf(visits, ({ bytes }) => bytes / 1000)
        .map(tenths)
        .join(' / '),
    );
  }
  tellWork('work until the first question, not slowed, ms', notSlowed, ({ work }) => work);
}

export async function taps({ browser, before, addresses, runs }: Bench): Promise<void> {
  const visitsOf = (what: string, slowness: Slowness) =>
    inRounds(what, runs, async (product) => {
      const phone = await newPhone(browser);
      const visit = await answer(phone, [before, addresses[product]], slowness, QUESTIONS);
      await phone.close();
      return visit;
    });
  const figures: [number, Each<Taps>][] = [];
  for (const cpu of CPUS) figures.push([cpu, await visitsOf(`taps, CPU ${cpu}x`, { cpu })]);
  const notSlowed = await visitsOf('taps, not slowed', NOT_SLOWED);
  head('from a tap to the next paint, ms', ...PRODUCTS, 'to the form (aim at 98 %: 1.25)');
  for (const [cpu, visits] of figures)
    for (const share of [0.5, 0.98]) {
      const at = PRODUCTS.map((product) =>
        percentileOf(
          visits[product].flatMap((visit) => visit.taps.map(({ ms }) => ms)),
          share,
        ),
      );
      const [ours = 0, floor = 0] = at;
      row(`CPU ${cpu}x, ${share * 100} % of taps`, ...at.map(whole), times(ours / floor));
    }
  const each = Object.fromEntries(
    PRODUCTS.map((product) => [product, notSlowed[product].flatMap((visit) => visit.taps)]),
  ) as Each<Taps['taps'][number]>;
  tellWork('work of a tap until its paint, not slowed, ms', each, ({ work }) => work);
  head('JavaScript heap after six questions, MB', ...PRODUCTS, 'aim');
  const heaps = mediansOf(notSlowed, ({ heapBytes }) => heapBytes / 1_000_000);
  row('median', ...heaps.map((megabytes) => megabytes.toFixed(2)), '4');
}

/** Of a phone that was here before; in the end without any server. */
export async function warm({ browser, server, before, addresses, runs }: Bench): Promise<void> {
  const url = addresses.Sucharit;
  const phone = await newPhone(browser);
  const first = await phone.newPage();
  await first.goto(url);
  await untilReadyForOffline(first);
  // So long as it takes until the worker has the page itself, for the next visit.
  await first.waitForFunction(
    async () =>
      (await caches.has('pages-v1')) && (await (await caches.open('pages-v1')).keys()).length > 0,
  );
  await first.close();
  const again = async (what: string, slowness: Slowness) => {
    const visits: FirstQuestion[] = [];
    for (let run = 1; run <= runs; run += 1) {
      tell(`${what}: ${run} of ${runs}`);
      visits.push(await firstQuestion(phone, [before, url], slowness));
    }
    return [what, visits] as const;
  };
  const figures = [
    await again('warm, slow 4G, CPU 4x', { cpu: 4, network: SLOW_4G }),
    await again('warm, slow 4G, CPU 6x', { cpu: 6, network: SLOW_4G }),
    await again('warm, not slowed', NOT_SLOWED),
  ];
  await server.stop();
  figures.push(
    await again('without network, CPU 4x', { cpu: 4 }),
    await again('without network, not slowed', NOT_SLOWED),
  );
  head(
    'of a phone that was here before',
    'first paint, ms',
    'first question usable, ms (aim 300 at CPU 4x)',
    'work until then, ms',
  );
  for (const [what, visits] of figures)
    row(
      what,
      ...[
        visits.map(({ firstPaintMs }) => firstPaintMs),
        visits.map(({ usableMs }) => usableMs),
        visits.map(({ work }) => work.all),
      ].map((values) => whole(medianOf(values))),
    );
  await phone.close();
}
