import { describe, expect, test } from 'vitest';
import {
  branchName,
  departmentsBelow,
  inTreeOrder,
  hasOfficesBelow,
  hasSeveralOffices,
  isTree,
  standsAbove,
} from '#client/admin/organizations/tree.ts';
import { nameForm } from '#client/admin/assessment/name-form.ts';
import { formOf, ofOrganization } from '#client/admin/assessment/draft-form.ts';
import type { Organization, OrganizationList } from '#core/contract/organization.ts';
import { DRAFT } from '../../server/support/fixtures.ts';

const of = (id: string, parent: string | null, th: string): Organization => ({
  id,
  parent,
  kind: 'district',
  name: { th, en: `the ${id}` },
});

const CITY = of('city', null, 'นคร');
const EAST = of('east', 'city', 'ตะวันออก');
const PART = of('part', 'east', 'ฝ่าย');
const WEST = of('west', 'city', 'ตะวันตก');
const OTHER = of('other', null, 'อื่น');

describe('the tree', () => {
  test.each([
    ['whose own has none', [CITY, EAST, WEST], [EAST], true],
    ['of which none has any', [CITY, EAST, WEST], [], true],
    ['whose own has one', [CITY, EAST, WEST], [WEST, CITY], false],
    ['that is a branch whose top has none', [EAST, { ...PART }], [PART], true],
    ['with departments alone below', [EAST, { ...PART, kind: 'department' } as const], [], false],
    ['of one office', [WEST], [], false],
  ])('tells who looks after others: a city or branch %s', (_, organizations, withYear, is) => {
    const years = withYear.map(({ name }) => ({ organization: name }));
    expect(standsAbove({ branch: 'all', organizations }, years)).toBe(is);
  });

  test('shows each one behind the one above it, and those without in the order they came', () => {
    const placed = inTreeOrder([OTHER, PART, WEST, CITY, EAST]);
    expect(placed.map(({ organization, depth }) => [organization.id, depth])).toEqual([
      ['other', 0],
      ['city', 0],
      ['west', 1],
      ['east', 1],
      ['part', 2],
    ]);
  });

  test('leaves out the departments of what is folded, with what stands below them, and says how many they are', () => {
    const department = { ...PART, kind: 'department' } as const;
    const desk = { ...of('desk', 'part', 'โต๊ะ'), kind: 'department' } as const;
    const all = [CITY, EAST, department, desk, WEST];
    const shown = (folded: string[]) =>
      inTreeOrder(all, (id) => folded.includes(id)).map(({ organization }) => organization.id);
    expect(shown(['city', 'east'])).toEqual(['city', 'east', 'west']);
    expect(shown(['part'])).toEqual(['city', 'east', 'part', 'west']);
    expect(inTreeOrder([department], () => true)).toHaveLength(1);
    expect(['city', 'east', 'part'].map((id) => departmentsBelow(all, id))).toEqual([0, 1, 1]);
  });

  test('of a branch begins at its top, though something stands above that', () => {
    const placed = inTreeOrder([PART, EAST]);
    expect(placed.map(({ organization, depth }) => [organization.id, depth])).toEqual([
      ['east', 0],
      ['part', 1],
    ]);
  });

  test('is nothing to be seen of one office', () => {
    expect(isTree({ branch: 'all', organizations: [OTHER] })).toBe(false);
    expect(isTree({ branch: 'all', organizations: [CITY, EAST] })).toBe(true);
  });

  test('has offices to compare where there are several, of which departments are none', () => {
    const department = { ...PART, kind: 'department' } as const;
    expect(hasSeveralOffices({ branch: 'east', organizations: [EAST, department] })).toBe(false);
    expect(hasSeveralOffices({ branch: 'city', organizations: [EAST, WEST] })).toBe(true);
  });

  test('hands down where there are offices below, and not departments alone', () => {
    const tree: OrganizationList = {
      branch: 'all',
      organizations: [CITY, EAST, { ...PART, kind: 'department' }],
    };
    expect(hasOfficesBelow(tree, CITY.name.th)).toBe(true);
    expect(hasOfficesBelow(tree, EAST.name.th)).toBe(false);
  });

  test('names what somebody sees', () => {
    const list = { branch: 'all', organizations: [CITY, EAST] };
    expect(branchName(list, 'th', 'east')).toBe('ตะวันออก');
    expect(branchName(list, 'en', 'city')).toBe('the city');
    expect(branchName(list, 'th', 'all')).toBeNull();
  });
});

test('a new assessment takes its name from the organization it is for, and is typed for another', () => {
  const list = { branch: 'all', organizations: [CITY, EAST] };
  const chosen = ofOrganization(formOf(DRAFT), list, 'east');
  expect(chosen).toMatchObject({ organizationId: 'east', organization: nameForm(EAST.name) });
  expect(ofOrganization(chosen, list, '')).toMatchObject({
    organizationId: undefined,
    organization: { th: '' },
  });
});
