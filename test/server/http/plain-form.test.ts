import { describe, expect, test, vi } from 'vitest';
import { renderFirstScreen } from '#client/first-screen/first-screen.tsx';
import { renderPlainForm, renderPlainThanks } from '#client/first-screen/plain-form.tsx';
import type { AssessmentDraft } from '#core/contract/assessment.ts';
import type { Language } from '#core/contract/language.ts';
import { formatStaffCode } from '#core/contract/staff-code.ts';
import { createPages } from '#server/pages/pages.ts';
import { readTexts } from '#server/pages/texts.ts';
import { DRAFT, EIT, IIT, INSTRUMENTS } from '../support/fixtures.ts';
import { createTestServer, problemIn } from '../support/test-server.ts';

// As the build for the server does it.
vi.mock('preact/hooks', () => import('#client/first-screen/once-hooks.ts'));

const LOCALES = new URL('../../../locales', import.meta.url).pathname;
const textsFor = readTexts(LOCALES, [...INSTRUMENTS.keys()]);

const wordsOf = (language: Language) =>
  textsFor(language, null).survey as Record<string, Record<string, string>>;

const ANSWERS = { service: '6', E1: '6', E2: '5', E3: '2', E4: '5', E5: '5', E6: '5' };
const ABOUT = { age: '2', gender: '1', job: '', p1: '', p2: '1', p4: '2' };
const WHOLE = { ...ANSWERS, ...ABOUT };

const STAFF = {
  ...Object.fromEntries(IIT.items.map(({ code }, index) => [code, String((index % 2) + 1)])),
  ...Object.fromEntries(
    IIT.fields.filter(({ fromChannel }) => !fromChannel).map(({ code }) => [code, '']),
  ),
};

/** What a form that came back leads to, as wrong or left open. */
const named = (page: string) =>
  [...page.matchAll(/<a class="link-row" href="#(\w+)">/g)].map(([, at]) => at);

/** The whole server with the real views, and a person whose browser runs no scripts. */
async function createCounter(instrument = EIT.id, draft: AssessmentDraft = DRAFT) {
  const server = await createTestServer();
  const { assessment, channels } = await server.createAssessment(draft);
  const channel = channels.find((one) => one.instrument === instrument && one.department === 1);
  if (!channel) throw new Error('no channel');
  const { code } = channel;
  const pages = createPages(
    {
      survey: { html: '<html><title>-</title><div id="app"></div></html>', style: '', hash: null },
      kiosk: '',
      admin: '',
      display: '',
      views: { renderFirstScreen, renderPlainForm, renderPlainThanks },
    },
    textsFor,
  );
  server.replaceBuild({ pages });
  const path = `/s/${code}/form`;

  const open = async (query = '', headers = {}) =>
    server.ask('GET', `${path}${query}`, { headers });

  /** What the form would send as it came. */
  async function fill(query = '?lang=th') {
    const html = await (await open(query)).text();
    const hidden = (name: string) =>
      new RegExp(`type="hidden" name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';
    return { id: hidden('id'), lang: hidden('lang') };
  }

  const send = async (fields: Record<string, string>, headers = {}) =>
    server.ask('POST', path, { body: new URLSearchParams(fields), headers });

  const stored = async () =>
    (await server.storage.readResponses({ channel: code, after: '', limit: 100 })).map(
      ({ id, body }) => ({ id, ...JSON.parse(body) }),
    );

  return { server, pages, assessment, code, path, open, fill, send, stored };
}

const isChecked = (html: string, name: string, value: string) =>
  html.includes(`<input type="radio" name="${name}" value="${value}" checked>`);

describe('the plain form', () => {
  test.each(['th', 'en', 'zh', 'my'] as const)(
    'has every question in %s, on one page without a script',
    async (lang) => {
      const { open } = await createCounter();
      const reply = await open(`?lang=${lang}`);
      expect(reply.status).toBe(200);
      expect(reply.headers.get('cache-control')).toBe('no-store');
      const html = await reply.text();
      expect(html).toContain(`<html lang="${lang}">`);
      expect(html).not.toContain('<script');
      expect(html).toContain(wordsOf(lang)['plain']?.['note']);
      for (const name of Object.keys(WHOLE)) expect(html).toContain(`type="radio" name="${name}"`);
      // The channel knows the department.
      expect(html).not.toContain('name="department"');
    },
  );

  test.each([EIT, IIT])(
    'marks what $id asks about what should not happen',
    async ({ id, items }) => {
      const { open } = await createCounter(id);
      const marked = (await (await open('?lang=th')).text())
        .split('class="question')
        .filter((one) => one.startsWith(' question-negative'));
      const negative = items.filter(({ polarity }) => polarity === 'negative');
      const told = wordsOf('th')['question']?.['negative'] ?? '';
      expect(marked.map((one) => /id="(\w+)"/.exec(one)?.[1])).toEqual(
        negative.map(({ code }) => code),
      );
      for (const one of marked) expect(one.slice(0, one.indexOf('</h2>'))).toContain(told);
    },
  );

  test('numbers its questions in the language’s own digits, and names what was left open by its number', async () => {
    const { fill, send } = await createCounter();
    const { E4: _, ...others } = WHOLE;
    const html = await (await send({ ...(await fill('?lang=my')), ...others })).text();
    expect(html).toMatch(/<h2[^>]*>၅\. /);
    expect(html).toMatch(/href="#E4">၅\. /);
    expect(html).not.toMatch(/<h2[^>]*>\d/);
  });

  test('comes in the browser’s language where none is chosen, and whatever else is asked for', async () => {
    const { open } = await createCounter();
    const headers = { 'accept-language': 'my' };
    for (const query of ['', '?lang=xx', '?lang=%22%3E'])
      expect(await (await open(query, headers)).text()).toContain('<html lang="my">');
  });

  test('is where a browser without scripts is led from the poster’s address, while it is open', async () => {
    const { server, assessment, code } = await createCounter();
    const refresh = `<noscript><meta http-equiv="refresh" content="0; url=/s/${code}/form?lang=th"></noscript>`;
    expect(await (await server.ask('GET', `/s/${code}`)).text()).toContain(refresh);
    const path = `/api/v1/assessments/${assessment.id}/channels/${code}`;
    await server.ask('PATCH', path, { json: { state: 'closed' } });
    for (const address of [`/s/${code}`, `/s/${code}/form`]) {
      const html = await (await server.ask('GET', address)).text();
      expect(html).not.toContain('http-equiv');
      expect(html).toContain(wordsOf('th')['closed']?.['heading']);
    }
  });

  test('is kept as an answer like any other, with nothing beside it', async () => {
    const { fill, send, stored } = await createCounter();
    const begun = await fill('?lang=my');
    const reply = await send({ ...begun, ...WHOLE });
    expect(reply.status).toBe(303);
    expect(reply.headers.get('location')).toMatch(/^\/s\/\w{8}\/form\/thanks\?lang=my$/);
    const [one, ...others] = await stored();
    expect(others).toEqual([]);
    expect(one).toEqual({
      id: begun.id,
      instrument: EIT.id,
      language: 'my',
      answers: { E1: 6, E2: 5, E3: 2, E4: 5, E5: 5, E6: 5 },
      respondent: {
        service: 6,
        age: 2,
        gender: 1,
        job: null,
        p1: null,
        p2: 1,
        p4: 2,
        department: 1,
      },
      day: '2024-11-20',
      quality: [],
    });
  });

  test('thanks, tells where one can complain, and lets the next person begin', async () => {
    const complaints = [{ name: { th: 'สายด่วน' }, address: 'tel:1555' }];
    const { server, path } = await createCounter(EIT.id, { ...DRAFT, complaints });
    const html = await (await server.ask('GET', `${path}/thanks?lang=en`)).text();
    expect(html).toContain(wordsOf('en')['finished']?.['thanks']);
    expect(html).toContain('href="tel:1555"');
    expect(html).toContain(`href="${path}?lang=en"`);
  });

  test('counts once when it is sent twice, at once or after a reload', async () => {
    const { fill, send, stored } = await createCounter();
    const form = { ...(await fill()), ...WHOLE };
    const replies = await Promise.all([send(form), send(form)]);
    replies.push(await send(form));
    expect(replies.map(({ status }) => status)).toEqual([303, 303, 303]);
    expect(await stored()).toHaveLength(1);
  });

  test('that was sent before with other answers does not count anew, and the person is told', async () => {
    const { server, code, fill, send, stored } = await createCounter();
    const form = { ...(await fill()), ...WHOLE };
    await send(form);
    const reply = await send({ ...form, E1: '1' });
    const thanks = reply.headers.get('location') ?? '';
    expect(thanks).toMatch(/&before$/);
    expect(await (await server.ask('GET', thanks)).text()).toContain(
      wordsOf('th')['plain']?.['sentBefore'],
    );
    expect(await stored()).toMatchObject([{ answers: { E1: 6 } }]);
    expect((await server.storage.countConflicts([code])).get(code)).toBe(1);
  });

  test('comes back with its answers where some are missing, and names those', async () => {
    const { fill, send, stored } = await createCounter();
    const { E4: _, age: __, ...some } = WHOLE;
    const begun = await fill();
    const reply = await send({ ...begun, ...some });
    expect(reply.status).toBe(422);
    expect(reply.headers.get('cache-control')).toBe('no-store');
    const html = await reply.text();
    expect(
      [...html.matchAll(/<a class="link-row" href="#(\w+)">/g)].map(([, name]) => name),
    ).toEqual(['E4', 'age']);
    for (const [name, value] of Object.entries(some))
      expect(isChecked(html, name, value)).toBe(true);
    expect(html).toContain(`name="id" value="${begun.id}"`);
    expect(await stored()).toEqual([]);
  });

  test('comes in another language with its answers, also where Enter is what sends it', async () => {
    const { open, fill, send, stored } = await createCounter();
    const html = await (await open()).text();
    expect(/<button[^>]*>/.exec(html)?.[0]).not.toContain('name=');
    // The oldest browsers know no button that belongs to a form elsewhere.
    const [, inForm = ''] = /<form[^>]*>([^]*)<\/form>/.exec(html) ?? [];
    expect(inForm.match(/<button[^>]* value="(?:th|en|zh|my)"/g)).toHaveLength(4);
    expect(html).not.toMatch(/<button[^>]* form=/);
    const { E4: _, ...some } = WHOLE;
    const begun = await fill();
    for (const form of [some, WHOLE]) {
      const reply = await send({ ...begun, ...form, switch: 'my' });
      expect(reply.status).toBe(200);
      expect(reply.headers.get('cache-control')).toBe('no-store');
      const again = await reply.text();
      expect(again).toContain('<html lang="my">');
      expect(again).toContain('name="lang" value="my"');
      expect(again).toContain(`name="id" value="${begun.id}"`);
      for (const [name, value] of Object.entries(form))
        expect(isChecked(again, name, value)).toBe(true);
    }
    expect(await stored()).toEqual([]);
    expect((await send({ ...begun, ...WHOLE, switch: 'xx' })).status).toBe(400);
  });

  test('says that nothing can be taken while storage is away, and counts once when it is back', async () => {
    const { server, fill, send, stored } = await createCounter();
    const form = { ...(await fill()), ...WHOLE };
    const spy = vi.spyOn(server.storage, 'keepResponses');
    spy.mockRejectedValueOnce(Object.assign(new Error('busy'), { code: 'SQLITE_BUSY' }));
    const reply = await send(form);
    expect(reply.status).toBe(503);
    const html = await reply.text();
    expect(html).toContain(wordsOf('th')['plain']?.['notTaken']);
    expect(isChecked(html, 'E1', '6')).toBe(true);
    expect((await send(form)).status).toBe(303);
    expect(await stored()).toHaveLength(1);
  });

  test('comes back with its answers also where storage cannot even tell of the channel', async () => {
    const { server, path, fill, send, stored } = await createCounter();
    const form = { ...(await fill()), ...WHOLE };
    const away = Object.assign(new Error('busy'), { code: 'SQLITE_BUSY' });
    const spies = (['findChannels', 'keepResponses'] as const).map((name) =>
      vi.spyOn(server.storage, name).mockRejectedValue(away),
    );
    const reply = await send(form);
    expect(reply.status).toBe(503);
    const html = await reply.text();
    expect(html).toContain(wordsOf('th')['plain']?.['notTaken']);
    expect(html).toContain(`name="id" value="${form.id}"`);
    expect(isChecked(html, 'E1', '6')).toBe(true);
    for (const spy of spies) spy.mockRestore();
    expect((await send(form)).status).toBe(303);
    expect(await stored()).toHaveLength(1);
    // It goes away again before the page that thanks.
    vi.spyOn(server.storage, 'findChannels').mockRejectedValue(away);
    const thanks = await server.ask('GET', `${path}/thanks?lang=th`);
    expect(thanks.status).toBe(200);
    expect(await thanks.text()).toContain(wordsOf('th')['finished']?.['thanks']);
  });

  test('counts for a flood, waits in one with its answers, and is taken when there is room', async () => {
    const { server, pages, code, fill, send, stored } = await createCounter();
    server.replaceBuild({ pages, floodAbove: 2 });
    const begun = [await fill(), await fill(), await fill()].map((form) => ({ ...form, ...WHOLE }));
    const statuses = [];
    for (const form of begun) statuses.push((await send(form)).status);
    expect(statuses).toEqual([303, 303, 429]);
    const again = await send(begun[2] ?? {});
    expect(Number(again.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await again.text()).toContain(code);
    server.clock.now += 2_000;
    expect((await send(begun[2] ?? {})).status).toBe(303);
    expect(await stored()).toHaveLength(3);
  });

  test('takes what was begun before the channel closed', async () => {
    const { server, assessment, code, fill, send, stored } = await createCounter();
    const form = { ...(await fill()), ...WHOLE };
    await server.ask('PATCH', `/api/v1/assessments/${assessment.id}/channels/${code}`, {
      json: { state: 'closed' },
    });
    expect((await send(form)).status).toBe(303);
    expect(await stored()).toHaveLength(1);
  });
});

/** A channel of the staff that asks for codes, and two of them. */
async function createRoom() {
  const room = await createCounter(IIT.id);
  const { server, assessment } = room;
  const base = `/api/v1/assessments/${assessment.id}/staff-codes`;
  await server.ask('PUT', `${base}/demand`);
  const made = await server.ask('POST', base, {
    json: { department: 1, count: 2, voidsUnspent: false },
  });
  const { codes } = (await made.json()) as { codes: string[] };
  return { ...room, codes };
}

describe('the plain form of the staff', () => {
  test('asks for a code, which is spent with the answers and not kept with them', async () => {
    const { open, fill, send, stored, codes } = await createRoom();
    expect(await (await open()).text()).toContain('name="code"');
    const code = formatStaffCode(codes[0] ?? '').toLowerCase();
    expect((await send({ ...(await fill()), ...STAFF, code })).status).toBe(303);
    const [one] = await stored();
    expect(JSON.stringify(one)).not.toContain(codes[0]);

    const begun = await fill();
    const second = await send({ ...begun, ...STAFF, code });
    expect(second.status).toBe(422);
    const html = await second.text();
    const problems = textsFor('th', null).problems as Record<string, string>;
    expect(html).toContain(problems['code-spent']);
    expect(isChecked(html, 'I1', STAFF['I1'] ?? '')).toBe(true);
    expect(await stored()).toHaveLength(1);

    // What was kept apart stays apart: another code makes another envelope of the same answers.
    const id = /name="id" value="([^"]*)"/.exec(html)?.[1] ?? '';
    expect(id).not.toBe(begun.id);
    expect((await send({ id, lang: 'th', ...STAFF, code: codes[1] ?? '' })).status).toBe(303);
    expect(await stored()).toHaveLength(2);
  });

  test.each([
    ['', 'empty'],
    [' - ', 'empty'],
    ['AAAA AAAA AAAA AAAA', 'mistyped'],
    ['"><script>', 'mistyped'],
  ] as const)('tells a code such as "%s" to be %s, and keeps nothing', async (code, problem) => {
    const { server, code: channel, fill, send, stored } = await createRoom();
    const reply = await send({ ...(await fill()), ...STAFF, code });
    expect(reply.status).toBe(422);
    const html = await reply.text();
    expect(html).toContain(wordsOf('th')['ownCode']?.[problem]);
    expect(html).not.toContain('<script');
    expect(await stored()).toEqual([]);
    expect(await server.storage.countUncounted([channel])).toEqual([]);
  });

  test('names a wrong code and the questions without an answer at once, and loses nothing', async () => {
    const { fill, send, stored, codes } = await createRoom();
    const { I1: first = '', age: _, ...some } = STAFF as Record<string, string>;
    const begun = await fill();
    const html = await (await send({ ...begun, ...some, code: 'aaaa bbbb' })).text();
    expect(named(html)).toEqual(['code', 'I1', 'age']);
    expect(html).toContain('value="aaaa bbbb"');
    for (const [name, value] of Object.entries(some))
      expect(isChecked(html, name, value)).toBe(true);
    // Said beside the field too, which says where.
    expect(html).toContain('aria-describedby="code-hint code-trouble"');
    expect(html).toContain('id="code-trouble"');

    // What is mended is no more named, the rest still is.
    const code = codes[0] ?? '';
    expect(named(await (await send({ ...begun, ...some, code })).text())).toEqual(['I1', 'age']);
    const whole = { ...some, I1: first, age: '' };
    expect(named(await (await send({ ...begun, ...whole, code: 'x' })).text())).toEqual(['code']);
    expect((await send({ ...begun, ...whole, code })).status).toBe(303);
    expect(await stored()).toHaveLength(1);
  });

  test('does not say whether a code opens to whoever sends no answers with it', async () => {
    const { fill, send, codes } = await createRoom();
    const { I1: _, ...some } = STAFF as Record<string, string>;
    const begun = await fill();
    await send({ ...begun, ...STAFF, code: codes[0] ?? '' });
    const bodies = [codes[0], codes[1]].map(async (code = '') => {
      const html = await (await send({ ...begun, ...some, code })).text();
      return html.replace(code, '');
    });
    const [spent, unspent] = await Promise.all(bodies);
    expect(spent).toBe(unspent);
  });
});

describe('what is no form of ours is refused, and nothing is kept', () => {
  test.each([
    ['of another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    ['of a neighbour under the same domain', { 'sec-fetch-site': 'same-site' }],
  ])('a form %s', async (_, headers) => {
    const { fill, send, stored } = await createCounter();
    const reply = await send({ ...(await fill()), ...WHOLE }, headers);
    expect(await problemIn(reply)).toBe('403 cross-site');
    expect(await stored()).toEqual([]);
  });

  test('of any shape', async () => {
    const { server, path, send, stored } = await createCounter();
    const whole = { id: crypto.randomUUID(), lang: 'th', ...WHOLE };
    const { id: _, ...nameless } = whole;
    const wrong: Record<string, string>[] = [
      nameless,
      { ...whole, id: '1' },
      // It tells the time.
      { ...whole, id: '01890a5d-ac96-774b-bcce-b302099a8057' },
      { ...whole, lang: 'xx' },
      { ...whole, E1: '7' },
      { ...whole, E1: '0' },
      { ...whole, E1: '1e0' },
      { ...whole, E1: ' 1' },
      { ...whole, department: '6' },
      { ...whole, I1: '1' },
      { ...whole, day: '2020-01-01' },
      { ...whole, __proto__x: '1' },
      { ...whole, constructor: '1' },
    ];
    for (const fields of wrong)
      expect([fields, await problemIn(await send(fields))]).toEqual([
        fields,
        '400 invalid-request',
      ]);

    const twice = `${String(new URLSearchParams(whole))}&E1=1`;
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    const bodies: [BodyInit, Record<string, string>, string][] = [
      [twice, type, '400 invalid-request'],
      ['__proto__=1', type, '400 invalid-request'],
      [JSON.stringify(whole), { 'content-type': 'application/json' }, '400 invalid-request'],
      [String(new URLSearchParams(whole)), { 'content-type': 'text/plain' }, '400 invalid-request'],
      ['a'.repeat(16_385), type, '413 body-too-large'],
      [new Uint8Array([0x61, 0x3d, 0xff]), type, '400 not-utf8'],
      ['', type, '400 invalid-request'],
    ];
    for (const [body, headers, answer] of bodies)
      expect(await problemIn(await server.ask('POST', path, { body, headers }))).toBe(answer);
    expect(await stored()).toEqual([]);
  });

  test('of a channel that nobody knows', async () => {
    const { server } = await createCounter();
    for (const code of ['22222222', '22222223', '%3Cscript%3E', '%00'])
      for (const method of ['GET', 'POST'] as const) {
        const body =
          method === 'POST'
            ? new URLSearchParams({ id: crypto.randomUUID(), lang: 'th', ...WHOLE })
            : undefined;
        const reply = await server.ask(method, `/s/${code}/form`, { ...(body && { body }) });
        expect([code, method, reply.status]).toEqual([code, method, 404]);
        expect(await reply.text()).not.toContain('<script>');
      }
  });
});

test('markup that an office types as a name stays a name in the form', async () => {
  const name = '</legend><img src=x onerror=alert(1)>"\' $&';
  const { open, path, server } = await createCounter(EIT.id, {
    ...DRAFT,
    organization: { th: name },
  });
  for (const html of [
    await (await open('?lang=th')).text(),
    await (await server.ask('GET', `${path}/thanks`)).text(),
  ]) {
    expect(html).toContain(
      '&#60;/legend&#62;&#60;img src=x onerror=alert(1)&#62;&#34;&#39; $&#38;',
    );
    expect(html).not.toContain('<img');
  }
});
