// `npm run bench:phone`: how soon a person can answer, how soon a tap shows and what it takes, on a slowed-down Chromium; beside
// the same questionnaire by others from the same machine in the same run. Not a test: machines differ, ratios less.
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { ensureBrowsers, findBrowser } from '../../support/find-browsers.ts';
import { Office } from '../../e2e/support/office.ts';
import { ServerProcess } from '../../e2e/support/server.ts';
import { serveOthers } from './others.ts';
import { cold, taps, warm } from './parts.ts';

const PARTS = { cold, taps, warm };

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '9' }, only: { type: 'string' } },
});
const isPart = (name: string): name is keyof typeof PARTS => Object.hasOwn(PARTS, name);
const { only } = values;
if (only !== undefined && !isPart(only))
  throw new Error(`--only takes one of ${Object.keys(PARTS).join(', ')}`);
const wanted = Object.values(only === undefined ? PARTS : { [only]: PARTS[only] });
const runs = Number(values.runs);

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
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} x ${cpus()[0]?.model.trim()}, Chromium ${browser.version()}; medians of ${runs} (SurveyJS: of a third); load when it began ${loadavg()[0]?.toFixed(1)}\n`,
  );
  const bench = { browser, server, before: others.before, addresses, runs };
  for (const part of wanted) await part(bench);
  others.close();
} finally {
  await browser.close();
  await server.remove();
}
