import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assessmentListSchema } from '#core/contract/assessment.ts';
import { cardReplySchema } from '#core/contract/card.ts';
import { sessionSchema } from '#core/contract/account.ts';
import { participationSchema } from '#core/contract/participation.ts';
import { createApiClient } from '#server/demo/api-client.ts';
import { openOwnServer, type OwnServer } from '#server/demo/own-server.ts';
import { publishedReport } from '#server/demo/published-report.ts';
import { runDemo } from '#server/demo/run-demo.ts';
import { writePages } from '../support/write-pages.ts';

const silent = { info: () => undefined, error: () => undefined };

/** Pages that nobody opens here, so that the test needs no build. */
function folderWithPages(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sucharit-pages-'));
  writePages(folder);
  return folder;
}

async function run(api: OwnServer['api']) {
  const lines: string[] = [];
  const progress: string[] = [];
  const isRight = await runDemo(api, {
    say: (line) => lines.push(line),
    showProgress: (done, total) => progress.push(`${done}/${total}`),
  });
  return { isRight, lines: lines.map((line) => line.trim()), progress };
}

describe('the demo on a server of its own', () => {
  const pages = folderWithPages();
  let server: OwnServer;
  let first: Awaited<ReturnType<typeof run>>;
  let second: Awaited<ReturnType<typeof run>>;

  beforeAll(async () => {
    server = await openOwnServer(silent, pages);
    first = await run(server.api);
    // As a person would who comes back later: signed in anew.
    const later = createApiClient(server.url);
    await later.post('/api/v1/session', server.account, sessionSchema);
    second = await run(later);
  });

  afterAll(async () => {
    await server.remove();
    rmSync(pages, { recursive: true, force: true });
  });

  it('sends every response in batches and shows how far it is', () => {
    expect(first.isRight).toBe(true);
    expect(first.lines).toContain('725 accepted');
    expect(first.lines).toContain('619 accepted');
    expect(first.progress.slice(0, 8)).toEqual(
      [100, 200, 300, 400, 500, 600, 700, 725].map((done) => `${done}/725`),
    );
  });

  it('shows the IIT equal to the published one, figure by figure', () => {
    const [iit] = publishedReport.tools;
    for (const [code, { score }] of Object.entries(iit?.items ?? {}))
      expect(first.lines.map((line) => line.split(/\s+/))).toContainEqual([
        code,
        score,
        score,
        'equal',
      ]);
    expect(first.lines).toContain(
      'All 12 items, 5 indicators and the total 98.13 are equal to the published ones.',
    );
  });

  it('judges the OIT as the report does, which gives the published score', () => {
    const lines = first.lines.map((line) => line.split(/\s{2,}/));
    const { oit } = publishedReport;
    for (const [code, score] of Object.entries(oit.subIndicators))
      expect(lines).toContainEqual([`sub-ind. ${code}`, score, score, 'equal']);
    expect(lines).toContainEqual(['indicator 9', '95.00', '95.00', 'equal']);
    expect(lines).toContainEqual(['indicator 10', '100.00', '100.00', 'equal']);
    expect(lines).toContainEqual(['OIT', '96.25', '96.25', 'equal']);
  });

  it('shows what the EIT counts give beside the published figures, with the reason', () => {
    expect(first.lines.map((line) => line.split(/\s+/))).toContainEqual([
      'E1',
      '98.93',
      '96.61',
      'differs',
    ]);
    expect(first.lines.join(' ')).toMatch(/likeliest reason is a second part/);
  });

  it('shows the tools and the ITA beside the published ones', () => {
    const words = first.lines.map((line) => line.split(/\s+/));
    expect(words).toContainEqual(['OIT', '96.25', '96.25', 'equal']);
    expect(words).toContainEqual(['ITA', '97.63', '96.87', 'differs']);
  });

  it('types the published report in, to compare with', async () => {
    const { assessments } = await server.api.get('/api/v1/assessments', assessmentListSchema);
    const { card, entered } = await server.api.get(
      `/api/v1/assessments/${assessments[0]?.id}/card`,
      cardReplySchema,
    );
    expect(card).toMatchObject({ ita: '97.63', level: 'excellent' });
    expect(entered.lastYear).toMatchObject({
      fiscalYear: 2567,
      ita: '96.87',
      tools: { IIT: '98.13', EIT: '96.42', OIT: '96.25' },
    });
    expect(Object.keys(entered.lastYear?.indicators ?? {})).toHaveLength(10);
    expect(Object.keys(entered.lastYear?.items ?? {})).toHaveLength(40);
  });

  it('doubles nothing in a second run and says so', async () => {
    expect(second.isRight).toBe(true);
    expect(second.lines).toContain('725 duplicate');
    expect(second.lines).toContain('619 duplicate');
    expect(second.lines).toContain(
      'Everything was there from an earlier run: nothing was doubled.',
    );
    const { assessments } = await server.api.get('/api/v1/assessments', assessmentListSchema);
    expect(assessments.map(({ organization }) => organization.th)).toEqual(['สำนักงานเขตประเวศ']);
    const { instruments, conflicts, quarantined } = await server.api.get(
      `/api/v1/assessments/${assessments[0]?.id}/participation`,
      participationSchema,
    );
    expect(instruments.map(({ n, target }) => [n, target])).toEqual([
      [725, 725],
      [619, 619],
    ]);
    expect([conflicts, quarantined]).toEqual([0, 0]);
  });

  it('is refused in one sentence with a wrong password', async () => {
    const stranger = createApiClient(server.url);
    const account = { ...server.account, password: 'not the password' };
    await expect(stranger.post('/api/v1/session', account, sessionSchema)).rejects.toThrow(
      'sign in failed; check the account’s name and password, and run the demo again: nothing is doubled.',
    );
  });
});

describe('a client of the demo', () => {
  it('says in one sentence that no server answers', async () => {
    const nobody = createApiClient('http://127.0.0.1:9');
    await expect(nobody.get('/api/v1/assessments', assessmentListSchema)).rejects.toThrow(
      'http://127.0.0.1:9 does not answer: check the address and that it runs.',
    );
  });
});
