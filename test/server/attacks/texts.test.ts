// Texts that are not what they look like, or break what reads them later: pages, spreadsheets, databases.
import { describe, expect, test } from 'vitest';
import { DRAFT, EIT, MEASURE } from '../support/fixtures.ts';
import { problemIn } from '../support/test-server.ts';
import { readCsv } from '../export/read-csv.ts';
import { readXlsx } from '../export/read-xlsx.ts';
import { unzip } from '../export/unzip.ts';
import { EVERY_ROUTE, requestOf } from './support/every-route.ts';
import { createOffice, type Office } from './support/office.ts';
import { withEachText } from './support/with-each-text.ts';

/** As JSON writes them, so that half a character comes through. */
const UNREADABLE: Readonly<Record<string, string>> = {
  'a NUL': '\\u0000',
  'a bell': '\\u0007',
  'an escape': '\\u001b[2J',
  'a delete': '\\u007f',
  'a next line': '\\u0085',
  'half a character': '\\ud800',
  'the other half': '\\udc00',
  'letters from right to left': '\\u202egpj.exe',
  'an isolate': '\\u2067',
  'no character': '\\uffff',
};

describe('a text that nobody could read', () => {
  test('is taken by no route in any of its texts', async () => {
    const office = await createOffice();
    const before = office.fingerprint('but the log');
    for (const route of Object.keys(EVERY_ROUTE).filter((one) => EVERY_ROUTE[one]?.body)) {
      const { method, path, json } = requestOf(route, office);
      for (const [place, body] of withEachText(json))
        for (const [what, sign] of Object.entries(UNREADABLE)) {
          const reply = await office.server.ask(method, path, { body: body.replace('§', sign) });
          const answer = reply.ok ? await reply.text() : await problemIn(reply);
          // A batch and what devices report are judged piece by piece.
          expect([route, place, what, answer]).toEqual([
            route,
            place,
            what,
            expect.stringMatching(/^400 (invalid-request|malformed-json)$|"result":"refused"/),
          ]);
        }
    }
    expect(office.fingerprint('but the log')).toBe(before);
  });

  test('is told by its place', async () => {
    const { server } = await createOffice();
    const departments = DRAFT.departments.map((one, index) =>
      index === 2 ? { ...one, name: { th: 'ฝ่าย\u202eที่สาม' } } : one,
    );
    const draft = { ...DRAFT, departments, fiscalYear: 2572 };
    const reply = await server.ask('POST', '/api/v1/assessments', { json: draft });
    expect(await reply.json()).toMatchObject({ detail: 'departments.2.name.th' });
  });

  test('is none that people write: lines, tabs, emoji, joiners and breaks of Thai and Burmese', async () => {
    const { server, own } = await createOffice();
    const written = 'บรรทัด\u200bหนึ่ง\n\tสอง 👩‍👩‍👧 မြန်မာ\u2060စာ “ก” \u00a0𠀀 ‎';
    const path = `/api/v1/assessments/${own.assessment}/measures/${own.measure}`;
    const measure = { ...MEASURE, id: own.measure, result: written };
    const reply = await server.ask('PUT', path, { json: measure });
    expect(await reply.json()).toMatchObject({ result: written.trim() });
  });
});

const FORMULAS = [
  '=HYPERLINK("https://evil.example","ดู")',
  "=cmd|' /C calc'!A0",
  '+1+cmd',
  '-1+1',
  '@SUM(A1)',
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  '＝1+1',
  '" ,=1+1',
  '%0A=1',
];

/** Types a text wherever an office can type any; returns the address of the year. */
async function typeEverywhere({ server, own }: Office, text: string): Promise<string> {
  const path = `/api/v1/assessments/${own.assessment}`;
  const name = { th: `ก${text}`, en: `a${text}` };
  const bare = { th: text, en: text };
  const departments = DRAFT.departments.map((one) => ({
    ...one,
    name: one.number === 1 ? bare : name,
  }));
  const typed = [
    await server.ask('PUT', path, { json: { ...DRAFT, organization: bare, departments } }),
    await server.ask('PUT', `${path}/measures/${own.measure}`, {
      json: {
        ...MEASURE,
        id: own.measure,
        action: `a ${text}`,
        steps: text,
        responsible: text,
        followUp: text,
        result: text,
      },
    }),
    await server.ask('PUT', `${path}/oit/entries/O1`, {
      json: { ...ENTRY, responsible: text, note: text },
    }),
  ];
  expect(typed.map(({ status }) => status)).toEqual([200, 200, 200]);
  return path;
}

const ENTRY = {
  item: 'O1',
  urls: [],
  state: 'in-work',
  due: null,
  points: 0,
};

describe('a formula that an office types as a text', () => {
  test('is none in a text file or a workbook, in any language', async () => {
    const office = await createOffice();
    const { server } = office;
    for (const formula of FORMULAS) {
      const path = await typeEverywhere(office, formula);
      for (const language of ['th', 'en']) {
        const address = `${path}/report?language=${language}`;
        const csv = await (await server.ask('GET', `${address}&format=csv`)).text();
        const fields = readCsv(csv.replace(/^\ufeff/, '')).flat();
        const read = fields.filter((field) =>
          /^[\s\p{Cc}\p{Cf}]*[=+@＝＋＠]|^[\t\r\n]/u.test(field),
        );
        expect([formula, read]).toEqual([formula, []]);
        expect(
          fields.filter((field) => field.startsWith('-') && !/^-\d+\.\d\d$/.test(field)),
        ).toEqual([]);
        const xlsx = await (await server.ask('GET', `${address}&format=xlsx`)).arrayBuffer();
        const cells = readXlsx(new Uint8Array(xlsx)).flatMap((sheet) => [...sheet.cells.values()]);
        expect(cells.length).toBeGreaterThan(50);
        expect(cells.filter(({ isFormula }) => isFormula)).toEqual([]);
      }
    }
  });

  test('in a workbook leaves its XML whole', async () => {
    const office = await createOffice();
    const { server } = office;
    const path = await typeEverywhere(office, ']]><x>&lt;\u200b</t></si>𠀀');
    const reply = await server.ask('GET', `${path}/report?language=th&format=xlsx`);
    const files = unzip(new Uint8Array(await reply.arrayBuffer()));
    const shared = new TextDecoder().decode(files.get('xl/sharedStrings.xml'));
    expect(shared).toContain(']]&gt;&lt;x&gt;&amp;lt;');
    expect(shared).not.toContain('<x>');
    expect([...files.keys()].filter((name) => /vba|external|macro/i.test(name))).toEqual([]);
  });
});

const tags = (text: string) => text.match(/<[!/a-z][^>]*>/gi) ?? [];

const MARKUP = [
  '</script><script>window.__pwned=1</script>',
  '<!--<script>',
  '--><img src=x onerror=alert(1)>',
  '\u2028alert(1)\u2029',
  '"><svg/onload=alert(1)>',
  "';alert(1)//",
  '{{constructor.constructor("alert(1)")()}}',
  "$&$`$'",
  '&lt;script&gt;',
];

test('markup that an office types as a name stays a name on the survey’s page', async () => {
  const office = await createOffice();
  const { server, own } = office;
  const plain = await (await server.app.request(`/s/${own.channel}`)).text();
  for (const markup of MARKUP) {
    await typeEverywhere(office, markup);
    const html = await (await server.app.request(`/s/${own.channel}`)).text();
    expect(tags(html)).toEqual(tags(plain));
    const data = /id="page-data">([^<]*)</.exec(html)?.[1] ?? '';
    const { channel } = JSON.parse(data).channel;
    expect(channel.organization.th).toBe(markup.trim());
    expect(channel.instrument.id).toBe(EIT.id);
  }
});

test('an address of the checklist leads to a web site and nowhere else', async () => {
  const { server, own } = await createOffice();
  const path = `/api/v1/assessments/${own.assessment}/oit/entries/O1`;
  const hostile = [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'java\tscript:alert(1)',
    '\u0001javascript:alert(1)',
    'javascript://office.go.th/%0aalert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:msgbox(1)',
    'file:///etc/passwd',
    'blob:https://office.go.th/1',
    'view-source:https://office.go.th',
    '//evil.example',
    '/admin',
    'https:',
  ];
  for (const url of hostile) {
    const json = { ...ENTRY, responsible: '', note: '', urls: [url] };
    const answer = await problemIn(await server.ask('PUT', path, { json }));
    expect([url, answer]).toEqual([url, '400 invalid-request']);
  }
});
