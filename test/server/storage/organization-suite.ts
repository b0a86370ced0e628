import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Organization } from '#core/contract/organization.ts';
import { type Accounts, createAccounts } from '#server/auth/accounts.ts';
import { createAuth, migrateAuth } from '#server/auth/better-auth.ts';
import { createStorage } from '#server/storage/create-storage.ts';
import type { OpenDatabase } from '#server/storage/open-database.ts';
import type { Storage } from '#server/storage/storage.ts';
import { ACCOUNT_EFFECTS } from '../support/account-effects.ts';
import { ASSESSMENT } from '../support/fixtures.ts';
import { numberedUuid } from '../support/numbered-uuid.ts';

const organization = (number: number, parent: number | null, th: string): Organization => ({
  id: numberedUuid(400 + number),
  parent: parent === null ? null : numberedUuid(400 + parent),
  kind: parent === null ? 'city' : 'district',
  name: { th, en: `Organization ${number}` },
});

const CITY = organization(1, null, 'นครตัวอย่าง');
const EAST = organization(2, 1, 'เขตตะวันออก');
const WEST = organization(3, 1, 'เขตตะวันตก');
const PART = organization(4, 2, 'ฝ่ายโยธา');

/** What every storage does with the tree of organizations. `open` gives an empty one. */
export function describeOrganizations(
  name: string,
  open: () => Promise<Pick<OpenDatabase, 'database' | 'dialect'>>,
): void {
  describe(`the organizations on ${name}`, () => {
    let storage: Storage;
    let accounts: Accounts;

    beforeEach(async () => {
      const { database, dialect } = await open();
      const auth = createAuth({
        database,
        dialect,
        secret: 's'.repeat(32),
        host: 'localhost',
        secureCookies: false,
      });
      await migrateAuth(auth, { database, dialect });
      storage = createStorage(database, randomUUID);
      accounts = createAccounts(auth, ACCOUNT_EFFECTS);
      expect(await storage.addOrganizations([CITY, WEST, EAST, PART])).toBe('done');
    });

    afterEach(() => storage.close());

    test('come back as they were given, in that order', async () => {
      expect(await storage.listOrganizations()).toEqual([CITY, WEST, EAST, PART]);
    });

    test('show who looks after thousands of them what was done there, since somebody came there', async () => {
      const moved = await accounts.create('moved', 'ปลาทูหน้างอคอหัก', {
        role: 'owner',
        branch: EAST.id,
      });
      const note = {
        moment: '2024-11-20T16:30:00Z',
        account: moved?.id ?? '',
        name: 'moved',
        assessment: null,
        details: {},
      };
      const moving = { person: 'moved', role: 'owner', organization: 'เขตตะวันออก' };
      await storage.appendAudit({ ...note, action: 'session-ended' });
      await storage.appendAudit({ ...note, account: 'x', action: 'role-changed', details: moving });
      await storage.appendAudit({ ...note, action: 'signed-in' });
      // A whole country with its departments: more than a statement takes one by one.
      const others = Array.from({ length: 40_000 }, (_, number) => `organization ${number}`);
      const organizations = [...others, EAST.id];
      const entries = await storage.readAudit({ organizations, limit: 10 });
      expect(entries.map(({ action }) => action)).toEqual(['signed-in']);
      expect(await storage.countAudit({ organizations: others })).toBe(0);
    });

    test('are added all or none', async () => {
      const again = organization(5, 1, WEST.name.th);
      const more = organization(6, 1, 'เขตเหนือ');
      expect(await storage.addOrganizations([more, again])).toBe('organization-exists');
      expect(await storage.addOrganizations([more, organization(7, 99, 'เขตใต้')])).toBe(
        'not-found',
      );
      expect(await storage.listOrganizations()).toHaveLength(4);
    });

    test('are of the same name however many spaces are in it', async () => {
      expect(await storage.addOrganizations([organization(5, 1, 'เขต  ทดลอง')])).toBe('done');
      for (const th of ['เขต ทดลอง', 'เขต\u00A0ทดลอง', 'เขต\u200B  ทดลอง']) {
        expect(await storage.addOrganizations([organization(6, 1, th)])).toBe(
          'organization-exists',
        );
        const { id, ...draft } = { ...WEST, name: { th } };
        expect(await storage.changeOrganization(id, draft)).toBe('organization-exists');
      }
      expect(await storage.addOrganizations([organization(6, 2, 'เขต ทดลอง')])).toBe('done');
    });

    test('are renamed and moved with all below them, but never below themselves', async () => {
      const moved = { ...EAST, parent: WEST.id, name: { th: 'เขตใหม่' } };
      const { id, ...draft } = moved;
      expect(await storage.changeOrganization(id, draft)).toBe('done');
      expect(await storage.listOrganizations()).toEqual([CITY, WEST, moved, PART]);
      for (const parent of [EAST.id, PART.id])
        expect(await storage.changeOrganization(EAST.id, { ...draft, parent })).toBe(
          'organization-below-itself',
        );
      expect(await storage.changeOrganization(numberedUuid(499), draft)).toBe('not-found');
    });

    test('make no ring, whoever moves two of them at once', async () => {
      const { id: _east, ...east } = { ...EAST, parent: WEST.id };
      const { id: _west, ...west } = { ...WEST, parent: EAST.id };
      const outcomes = await Promise.all([
        storage.changeOrganization(EAST.id, east),
        storage.changeOrganization(WEST.id, west),
      ]);
      expect(outcomes.toSorted()).toEqual(['done', 'organization-below-itself']);
    });

    test('keep their names when an assessment is made for them, and tell where it belongs', async () => {
      await storage.createAssessment(ASSESSMENT, [], { organization: EAST.id });
      expect(await storage.organizationOf(ASSESSMENT.id)).toBe(EAST.id);
      expect(await storage.listPlaces()).toEqual(new Map([[ASSESSMENT.id, EAST.id]]));
      expect((await storage.findAssessment(ASSESSMENT.id))?.organization).toEqual(EAST.name);
      expect(await storage.organizationOf(numberedUuid(498))).toBeNull();
    });

    test('are named by an assessment as nothing beside them is', async () => {
      await storage.createAssessment(ASSESSMENT, [], { organization: EAST.id });
      const before = { ...ASSESSMENT, organization: EAST.name };
      const taken = { ...before, fiscalYear: 2570, organization: { th: ` ${WEST.name.th}` } };
      expect(await storage.updateAssessment(before, taken, [])).toBe('organization-exists');
      expect(await storage.findAssessment(ASSESSMENT.id)).toEqual(before);
      // Elsewhere in the tree it may be.
      const free = { ...before, organization: PART.name };
      expect(await storage.updateAssessment(before, free, [])).toBe('done');
    });

    test('of the same name are made once, by two who begin there at once', async () => {
      const second = { ...ASSESSMENT, id: numberedUuid(497), fiscalYear: 2569 };
      await Promise.all([ASSESSMENT, second].map((one) => storage.createAssessment(one, [])));
      expect(await storage.listOrganizations()).toHaveLength(5);
    });

    test('are pointed to by nobody once they are gone', async () => {
      const now = '2024-11-20T16:30:00.000Z';
      const later = '2024-11-27T16:30:00.000Z';
      const gone = { role: 'viewer', branch: PART.id } as const;
      const made = await accounts.create('somchai', 'ม้าลายเดินข้ามสะพาน', gone);
      const account = made?.id ?? '';
      expect(await storage.removeStray(account, PART.id)).toBe(false);
      const moved = { ...gone, branch: WEST.id };
      expect(await storage.changeRights(account, gone, moved)).toBe('done');
      // Who read them before that changes nothing.
      const late = { role: 'owner', branch: PART.id } as const;
      expect(await storage.changeRights(account, gone, late)).toBe('changed-meanwhile');
      const other = { ...moved, role: 'admin' } as const;
      expect(await storage.changeRights(account, other, moved)).toBe('changed-meanwhile');
      expect(await storage.listPeople()).toMatchObject([moved]);
      expect(await storage.removeOrganization(PART.id, now)).toBe('done');
      const invitation = { ...gone, id: 'one', hash: 'h', expiresAt: later, madeBy: null };
      expect(await storage.addInvitation(invitation, now)).toBe(false);
      expect(await storage.changeRights(account, moved, gone)).toBe('branch-gone');
      expect(await storage.listInvitations(now)).toEqual([]);
      expect(await storage.listPeople()).toMatchObject([{ branch: WEST.id }]);
      expect(await storage.removeStray(account, PART.id)).toBe(true);
      expect(await storage.listPeople()).toEqual([]);
    });

    test('are opened to nobody by an invitation of somebody who is gone', async () => {
      const now = '2024-11-20T16:30:00.000Z';
      const later = '2024-11-27T16:30:00.000Z';
      const rights = { role: 'owner', branch: 'all' } as const;
      const [madeBy = ''] = await Promise.all(
        ['somying', 'somchai'].map(async (account) => {
          const made = await accounts.create(account, 'ม้าลายเดินข้ามสะพาน', rights);
          return made?.id;
        }),
      );
      const invite = (number: number) =>
        storage.addInvitation(
          {
            id: `${number}`,
            hash: `${number}`,
            role: 'owner',
            branch: 'all',
            expiresAt: later,
            madeBy,
          },
          now,
        );
      expect(await invite(0)).toBe(true);
      // While they are removed: each is made before and withdrawn, or comes too late.
      const [change] = await Promise.all([
        storage.removePerson(madeBy),
        ...[1, 2, 3].map(async (number) => invite(number)),
      ]);
      expect(change).toBe('done');
      expect(await invite(4)).toBe(false);
      expect(await storage.listInvitations(now)).toEqual([]);
    });

    test('are opened to nobody by an invitation of somebody above whom they do not stand any more', async () => {
      const now = '2024-11-20T16:30:00.000Z';
      const later = '2024-11-27T16:30:00.000Z';
      const ofEast = { role: 'owner', branch: EAST.id } as const;
      const made = await accounts.create('somying', 'ม้าลายเดินข้ามสะพาน', ofEast);
      const invite = async (id: string, branch: string, madeBy: string | null) =>
        storage.addInvitation(
          { id, hash: id, role: 'owner', branch, expiresAt: later, madeBy },
          now,
        );
      const madeBy = made?.id ?? '';
      const waiting = async () =>
        (await storage.listInvitations(now)).map(({ id }) => id).toSorted();
      expect(await invite('within', PART.id, madeBy)).toBe(true);
      expect(await invite('own', EAST.id, madeBy)).toBe(true);
      expect(await invite('of-nobody', PART.id, null)).toBe(true);
      const { id, ...part } = PART;
      expect(await storage.changeOrganization(id, { ...part, name: { th: 'ฝ่าย' } })).toBe('done');
      expect(await waiting()).toEqual(['of-nobody', 'own', 'within']);
      expect(await storage.changeOrganization(id, { ...part, parent: WEST.id })).toBe('done');
      expect(await waiting()).toEqual(['of-nobody', 'own']);
      expect(await storage.findInvitation('within', now)).toBeNull();
      expect(await invite('late', PART.id, madeBy)).toBe(false);
    });

    test('are imported all at once, many of them and twice, and taken back', async () => {
      const rows = Array.from({ length: 600 }, (_, index) => ({
        district: { th: `เขต ${index % 50}` },
        department: { name: { th: `ฝ่าย ${index}` }, plan: { EIT: index + 1 } },
      }));
      const before = await storage.listOrganizations();
      const imports = await Promise.all(
        [1, 2].map(() => storage.importOrganizations(CITY.id, rows, randomUUID)),
      );
      const sizes = imports.map(
        (plan) => `${plan?.added.length} new, ${plan?.unchanged} as before`,
      );
      expect(sizes.toSorted()).toEqual(['0 new, 650 as before', '650 new, 0 as before']);
      const added = imports.flatMap((plan) => plan?.added ?? []);
      expect(await storage.listOrganizations()).toEqual([...before, ...added]);
      const undo = { added, changed: [] };
      const now = '2024-11-20T16:30:00.000Z';
      expect(await storage.takeImportBack(EAST.id, undo, now)).toBe('not-found');
      expect(await storage.takeImportBack(CITY.id, undo, now)).toBe('done');
      expect(await storage.listOrganizations()).toEqual(before);
      expect(await storage.importOrganizations(numberedUuid(499), rows, randomUUID)).toBeNull();
    });

    test('get one assessment of a year, where two begin with the first at once', async () => {
      const begin = (number: number, place: string) =>
        storage.createAssessment({ ...ASSESSMENT, id: numberedUuid(number) }, [], {
          organization: place,
          isFirstOfYear: true,
        });
      const outcomes = await Promise.all([begin(480, EAST.id), begin(481, EAST.id)]);
      expect(outcomes.toSorted()).toEqual(['done', 'year-taken']);
      expect(await begin(482, WEST.id)).toBe('done');
      // Nor does one that was deleted come back beside another.
      const [first] = await storage.listAssessments();
      if (!first) throw new Error('one was stored');
      const deleted = { ...first, deletedOn: '2024-11-20' };
      expect(await storage.updateAssessment(first, deleted, [])).toBe('done');
      expect(await begin(484, (await storage.organizationOf(first.id)) ?? '')).toBe('done');
      expect(await storage.updateAssessment(deleted, first, [])).toBe('year-taken');
      // Nor one that is gone.
      expect(await begin(483, numberedUuid(499))).toBe('year-taken');
      const left = (await storage.listAssessments()).filter(({ deletedOn }) => deletedOn === null);
      expect(left).toHaveLength(2);
    });

    test('are removed only once nothing belongs to them', async () => {
      await storage.createAssessment(ASSESSMENT, [], { organization: PART.id });
      const now = '2024-11-20T16:30:00.000Z';
      const later = '2024-11-27T16:30:00.000Z';
      const invitation = { id: 'one', hash: 'h', role: 'viewer', expiresAt: later } as const;
      await storage.addInvitation({ ...invitation, branch: WEST.id, madeBy: null }, now);
      for (const used of [CITY, EAST, PART, WEST])
        expect(await storage.removeOrganization(used.id, now)).toBe('organization-in-use');
      // Expired: nobody sees it any more.
      expect(await storage.removeOrganization(WEST.id, later)).toBe('done');
      expect(await storage.removeOrganization(WEST.id, later)).toBe('not-found');
      expect(await storage.listOrganizations()).toEqual([CITY, EAST, PART]);
    });
  });
}
