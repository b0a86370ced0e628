// `npm run bench:phone`: how soon a person can answer, how soon a tap shows and what it takes, on a slowed-down Chromium; beside
// the same questionnaire by others from the same machine in the same run. Not a test: machines differ, ratios less.
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { chromium, type Browser } from '@playwright/test';
import { ensureBrowsers, findBrowser } from '../../support/find-browsers.ts';
import { untilReadyForOffline } from '../../e2e/support/device.ts';
import { Office } from '../../e2e/support/office.ts';
import { ServerProcess } from '../../e2e/support/server.ts';
import { serveOthers } from './others.ts';
import { medianOf, percentileOf } from './statistics.ts';
import {
  answer,
  BAD,
  firstQuestion,
  newPhone,
  SLOW_4G,
  type FirstQuestion,
  type Slowness,
  type Taps,
} from './visit.ts';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '9' } } });
const RUNS = Number(values.runs);
const QUESTIONS = 6;
const CPUS = [4, 6];

const PRODUCTS = ['Sucharit', 'plain form', 'SurveyJS'] as const;
type Product = (typeof PRODUCTS)[number];
type Addresses = Record<Product, string>;
type Each<T> = Record<Product, T[]>;

const tell = (text: string) => process.stderr.write(`${text}\n`);
const row = (...cells: readonly string[]) => process.stdout.write(`| ${cells.join(' | ')} |\n`);
const whole = (value: number) => Math.round(value).toLocaleString('en');
const times = (value: number) => `${value.toFixed(2)} x`;

function head(...cells: readonly string[]): void {
  process.stdout.write('\n');
  row(...cells);
  row('---', ...cells.slice(1).map(() => '---:'));
}

/** Every product in every round, so that all of them meet the same moods of the machine. */
async function inRounds<T>(
  what: string,
  visit: (product: Product) => Promise<T>,
): Promise<Each<T>> {
  const all: Each<T> = { Sucharit: [], 'plain form': [], SurveyJS: [] };
  for (let run = 1; run <= RUNS; run += 1) {
    tell(`${what}: ${run} of ${RUNS}`);
    for (const product of PRODUCTS) all[product].push(await visit(product));
  }
  return all;
}

const median = (visits: FirstQuestion[], of: keyof FirstQuestion) =>
  medianOf(visits.map((each) => each[of]));

function tellFirst(what: string, { Sucharit, 'plain form': form, SurveyJS }: Each<FirstQuestion>) {
  const usable = [Sucharit, form, SurveyJS].map((visits) => median(visits, 'usableMs'));
  const [ours = 0, floor = 0, peer = 0] = usable;
  row(
    what,
    ...[Sucharit, form, SurveyJS].map(
      (visits) => `${whole(median(visits, 'firstPaintMs'))} / ${whole(median(visits, 'usableMs'))}`,
    ),
    times(ours / floor),
    times(peer / ours),
    [Sucharit, form, SurveyJS]
      .map((visits) => (median(visits, 'bytes') / 1000).toFixed(1))
      .join(' / '),
  );
}

async function cold(browser: Browser, addresses: Addresses): Promise<void> {
  const figures: [string, Each<FirstQuestion>][] = [];
  for (const network of [SLOW_4G, BAD])
    for (const cpu of CPUS) {
      const what = `cold, ${network.name}, CPU ${cpu}x`;
      const visits = await inRounds(what, async (product) => {
        const phone = await newPhone(browser);
        const visit = await firstQuestion(phone, addresses[product], { cpu, network });
        await phone.close();
        return visit;
      });
      figures.push([what, visits]);
    }
  head(
    'first paint / first question usable, ms',
    ...PRODUCTS,
    'to the form (aim 1.15)',
    'SurveyJS to ours (aim 8)',
    'kB until then',
  );
  for (const [what, visits] of figures) tellFirst(what, visits);
}

async function taps(browser: Browser, addresses: Addresses): Promise<void> {
  const figures: [number, Each<Taps>][] = [];
  for (const cpu of CPUS)
    figures.push([
      cpu,
      await inRounds(`taps, CPU ${cpu}x`, async (product) => {
        const phone = await newPhone(browser);
        const visit = await answer(phone, addresses[product], { cpu }, QUESTIONS);
        await phone.close();
        return visit;
      }),
    ]);
  head('from a tap to the next paint, ms', ...PRODUCTS, 'to the form (aim at 98 %: 1.25)');
  for (const [cpu, visits] of figures)
    for (const share of [0.5, 0.98]) {
      const at = PRODUCTS.map((product) =>
        percentileOf(
          visits[product].flatMap(({ tapMs }) => tapMs),
          share,
        ),
      );
      const [ours = 0, floor = 0] = at;
      row(`CPU ${cpu}x, ${share * 100} % of taps`, ...at.map(whole), times(ours / floor));
    }
  head('JavaScript heap after six questions, MB', ...PRODUCTS, 'aim');
  const heaps = PRODUCTS.map((product) =>
    medianOf(figures.flatMap(([, visits]) => visits[product].map(({ heapBytes }) => heapBytes))),
  );
  row('median', ...heaps.map((bytes) => (bytes / 1_000_000).toFixed(2)), '4');
}

/** Of a phone that was here before; in the end without any server. */
async function warm(browser: Browser, url: string, server: ServerProcess): Promise<void> {
  const phone = await newPhone(browser);
  const first = await phone.newPage();
  await first.goto(url);
  await untilReadyForOffline(first);
  await first.close();
  const again = async (what: string, slowness: Slowness) => {
    const visits: FirstQuestion[] = [];
    for (let run = 1; run <= RUNS; run += 1) {
      tell(`${what}: ${run} of ${RUNS}`);
      visits.push(await firstQuestion(phone, url, slowness));
    }
    return [what, median(visits, 'usableMs')] as const;
  };
  const figures = [
    await again('warm, slow 4G, CPU 4x', { cpu: 4, network: SLOW_4G }),
    await again('warm, slow 4G, CPU 6x', { cpu: 6, network: SLOW_4G }),
  ];
  await server.stop();
  figures.push(await again('without network, CPU 4x', { cpu: 4 }));
  head('first question usable, on a phone that was here before', 'ms', 'aim');
  for (const [what, milliseconds] of figures) row(what, whole(milliseconds), '300 at CPU 4x');
  await phone.close();
}

ensureBrowsers();
const server = await ServerProcess.create();
const browser = await chromium.launch({
  executablePath: findBrowser('chromium') ?? 'chromium',
  args: [
    '--no-sandbox',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
try {
  const context = await browser.newContext();
  const office = await Office.open(context.request, server);
  const { code, url } = office.channel('eit-2567', 6);
  const reply = await context.request.get(`${server.url}/api/v1/channels/${code}`);
  const others = await serveOthers(await reply.json());
  const addresses = { Sucharit: url, 'plain form': others.plainForm, SurveyJS: others.peer };
  process.stdout.write(
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} x ${cpus()[0]?.model.trim()}, Chromium ${browser.version()}; medians of ${RUNS}\n`,
  );
  await cold(browser, addresses);
  await taps(browser, addresses);
  await warm(browser, url, server);
  others.close();
} finally {
  await browser.close();
  await server.remove();
}
