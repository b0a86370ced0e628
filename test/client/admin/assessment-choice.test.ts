import { expect, test } from 'vitest';
import type { Session } from '#core/contract/account.ts';
import type { Assessment } from '#core/contract/assessment.ts';
import { createAdmin, shownAssessment } from '#client/admin/admin.ts';
import { formOf } from '#client/admin/assessment/draft-form.ts';
import type { RouterWindow } from '#client/admin/router.ts';
import { DRAFT_LIFE, type LifeState, OPEN_LIFE } from '#core/contract/life.ts';
import type { Organization, OrganizationList } from '#core/contract/organization.ts';
import { inOfficeOrder, inOrderToCompare } from '#client/admin/organizations/office-order.ts';

const page = {
  location: new URL('http://localhost/admin'),
  addEventListener: () => undefined,
} as unknown as RouterWindow;

function tabStorage() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
}

const opened = (tab: ReturnType<typeof tabStorage>) =>
  createAdmin({
    fetch: async () => new Response(null, { status: 204 }),
    window: page,
    storage: null,
    tabStorage: tab,
    loadTexts: async (language) => ({
      language,
      t: (key) => key,
      instrument: () => undefined,
      oit: () => undefined,
    }),
  });

test('the assessment on show stays when the page is opened anew in the same tab', async () => {
  const tab = tabStorage();
  const admin = await opened(tab);
  expect(admin.chosen.value).toBeNull();
  admin.chosen.value = 'year-before';
  expect((await opened(tab)).chosen.value).toBe('year-before');
});

test('who signs out leaves no choice behind', async () => {
  const tab = tabStorage();
  const admin = await opened(tab);
  admin.chosen.value = 'year-before';
  await admin.signOut();
  expect((await opened(tab)).chosen.value).toBeNull();
});

const TYPED = {
  ...formOf({
    organization: { th: 'เขตใหม่' },
    fiscalYear: 2568,
    instruments: ['eit-2567'],
    departments: [{ number: 1, name: { th: 'ฝ่ายโยธา', en: 'Works' }, targets: {}, retired: false }],
    suppressionThreshold: 5,
    complaints: [{ name: { th: 'สายด่วน' }, address: '1111' }],
  }),
  organizationId: 'of-the-tree',
};

test('a new assessment that is typed is there when the page is opened anew in the same tab', async () => {
  const tab = tabStorage();
  const admin = await opened(tab);
  expect(admin.newDraft.value).toBeNull();
  admin.newDraft.value = TYPED;
  expect((await opened(tab)).newDraft.value).toEqual(TYPED);
  await admin.signOut();
  expect((await opened(tab)).newDraft.value).toBeNull();
});

const session = (name: string): Session => ({ name, role: 'admin' });

test('a new assessment that is typed is there for its admin alone, however the session ended', async () => {
  const tab = tabStorage();
  const typing = await opened(tab);
  typing.signedIn(session('malee'));
  typing.newDraft.value = TYPED;
  typing.signedIn(session('malee'));
  expect(typing.newDraft.value).toEqual(TYPED);

  const anew = await opened(tab);
  anew.signedIn(session('malee'));
  expect(anew.newDraft.value).toEqual(TYPED);

  const others = await opened(tab);
  others.signedIn(session('somchai'));
  expect(others.newDraft.value).toBeNull();

  typing.signedIn(session('somchai'));
  expect(typing.newDraft.value).toBeNull();
});

test('what an older version kept of a new assessment is left out', async () => {
  const tab = tabStorage();
  tab.setItem('sucharit-admin-new-assessment', '{"fiscalYear":2568}');
  expect((await opened(tab)).newDraft.value).toBeNull();
});

const year = (fiscalYear: number, th: string): Assessment => ({
  id: `of-${fiscalYear}-${th}`,
  organization: { th },
  fiscalYear,
  instruments: [],
  departments: [],
  suppressionThreshold: 5,
  life: OPEN_LIFE,
  deletedOn: null,
});

test('an office that is renamed in one year has its new name in the others', async () => {
  const admin = await opened(tabStorage());
  const before = year(2568, 'เขตเก่า');
  admin.office.value = {
    state: 'ready',
    value: {
      assessments: [before, year(2567, 'เขตเก่า'), year(2567, 'เขตอื่น')],
      instruments: [],
      organizations: { branch: 'all', organizations: [] },
    },
  };
  const organization = { th: 'เขตใหม่', en: 'New district' };
  admin.keepAssessment({ ...before, organization });
  const { assessments } = admin.office.value.value;
  expect(assessments.map((shown) => [shown.fiscalYear, shown.organization])).toEqual([
    [2567, organization],
    [2567, { th: 'เขตอื่น' }],
    [2568, organization],
  ]);
});

test('an assessment that was deleted is no longer on show, and another one is', async () => {
  const admin = await opened(tabStorage());
  const last = year(2568, 'เขต');
  admin.office.value = {
    state: 'ready',
    value: {
      assessments: [year(2567, 'เขต'), last],
      instruments: [],
      organizations: { branch: 'all', organizations: [] },
    },
  };
  admin.chosen.value = last.id;
  admin.forgetAssessment(last.id);
  expect(admin.chosen.value).toBeNull();
  const { assessments } = admin.office.value.value;
  expect(assessments.map(({ fiscalYear }) => fiscalYear)).toEqual([2567]);
});

const NO_TREE: OrganizationList = { branch: 'all', organizations: [] };

function placed(id: string, parent: string | null, name: string): Organization {
  return { id, parent, kind: parent === null ? 'city' : 'district', name: { th: name } };
}

test('without a choice a city sees its own year, not that of whichever district comes first', () => {
  const organizations: OrganizationList = {
    branch: 'all',
    organizations: [
      placed('district-10', 'city', 'เขต 10'),
      placed('city', null, 'นคร'),
      placed('district-9', 'city', 'เขต 9'),
    ],
  };
  const assessments = [year(2568, 'เขต 10'), year(2568, 'เขต 9'), year(2567, 'นคร')];
  const shown = (known: Assessment[]) =>
    shownAssessment({ assessments: known, organizations }, null, '2025-01-01')?.id;
  expect(shown([...assessments, year(2568, 'นคร')])).toBe('of-2568-นคร');
  expect(shown(assessments)).toBe('of-2568-เขต 9');
  const offered = inOfficeOrder([...assessments, year(2568, 'นคร')], organizations, 'th');
  expect(offered.map(({ id }) => id)).toEqual([
    'of-2568-นคร',
    'of-2567-นคร',
    'of-2568-เขต 9',
    'of-2568-เขต 10',
  ]);
});

test('without a choice a city sees the draft of its own year while districts have begun theirs', () => {
  const organizations: OrganizationList = {
    branch: 'all',
    organizations: [placed('city', null, 'นคร'), placed('district', 'city', 'เขต 9')],
  };
  const draft = (fiscalYear: number) => ({ ...year(fiscalYear, 'นคร'), life: DRAFT_LIFE });
  const shown = (...assessments: Assessment[]) =>
    shownAssessment({ assessments, organizations }, null, '2025-01-01')?.id;
  const districts = year(2568, 'เขต 9');
  expect(shown(districts, draft(2568))).toBe('of-2568-นคร');
  expect(shown(districts, draft(2569))).toBe('of-2569-นคร');
  expect(shown(districts, draft(2569), year(2568, 'นคร'))).toBe('of-2568-นคร');
  // What is over does not stand before what runs.
  expect(shown(districts, draft(2567))).toBe('of-2568-เขต 9');
});

test('a district is compared with its own other years before all others', () => {
  const own = year(2568, 'เขต 9');
  const others = [year(2568, 'เขต 10'), year(2568, 'เขต 1'), year(2567, 'เขต 9')];
  const offered = inOrderToCompare(own, [own, ...others], NO_TREE, 'th');
  expect(offered.map(({ id }) => id)).toEqual(['of-2567-เขต 9', 'of-2568-เขต 1', 'of-2568-เขต 10']);
});

test.each<[string, LifeState[], number]>([
  ['the latest', ['open', 'open', 'open'], 2569],
  ['the latest that is open, not the draft of the next year', ['archived', 'open', 'draft'], 2568],
  ['the latest where none is open', ['archived', 'closed', 'draft'], 2569],
])('without a choice %s is on show', (_, states, shown) => {
  const assessments = states.map((state, index) => ({
    ...year(2567 + index, 'เขต'),
    life: { ...OPEN_LIFE, state },
  }));
  const office = { assessments, organizations: NO_TREE };
  expect(shownAssessment(office, null, '2025-01-01')?.fiscalYear).toBe(shown);
  expect(shownAssessment(office, 'of-2567-เขต', '2025-01-01')?.fiscalYear).toBe(2567);
});
