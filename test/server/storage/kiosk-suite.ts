import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { noteOfServer } from '#server/auditing/server-act.ts';
import type { KioskEnrolment, KioskToAdd } from '#server/storage/kiosk-rows.ts';
import type { Storage } from '#server/storage/storage.ts';
import { ASSESSMENT } from '../support/fixtures.ts';
import { numberedUuid } from '../support/numbered-uuid.ts';

const { id } = ASSESSMENT;
const NOW = '2024-11-20T16:30:00.000Z';
export const LINK = { hash: 'hash of a link', expiresAt: '2024-11-27T16:30:00.000Z' };
export const KIOSK: KioskToAdd = {
  id: numberedUuid(801),
  name: 'เคาน์เตอร์ 1',
  channels: ['K7RM3XAE'],
  idleSeconds: 45,
  pin: { salt: 'aa', hash: 'bb' },
};

export const enrolment = (
  tokenHash: string,
  changes: Partial<KioskEnrolment> = {},
): KioskEnrolment => ({
  linkHash: LINK.hash,
  tokenHash,
  now: NOW,
  day: '2024-11-20',
  noteOf: ({ assessment }) => noteOfServer(Date.parse(NOW), 'kiosk-enrolled', { assessment }),
  ...changes,
});

/** What every storage does with the tablets at counters. `open` gives an empty one. */
export function describeKiosks(name: string, open: () => Promise<Storage>): void {
  describe(`the kiosks on ${name}`, () => {
    let storage: Storage;

    beforeEach(async () => {
      storage = await open();
      await storage.createAssessment(ASSESSMENT, []);
      await storage.addKiosk(id, KIOSK, LINK);
    });

    afterEach(() => storage.close());

    test('are enrolled once by a link, of two that open it at once one', async () => {
      const found = await Promise.all(
        ['one', 'two'].map((tokenHash) => storage.enrolKiosk(enrolment(tokenHash))),
      );
      expect(found.filter(Boolean)).toMatchObject([{ id: KIOSK.id, assessment: id }]);
      const known = await Promise.all(
        ['one', 'two'].map((tokenHash) => storage.meetKiosk(tokenHash, '2024-11-20')),
      );
      expect(known.filter(Boolean)).toHaveLength(1);
      expect((await storage.readAuditHead()).number).toBe(1);
    });

    test('are not enrolled after the link’s time', async () => {
      const late = enrolment('one', { now: LINK.expiresAt });
      expect(await storage.enrolKiosk(late)).toBeNull();
      expect(await storage.listKiosks(id)).toMatchObject([
        { isEnrolled: false, linkExpiresAt: LINK.expiresAt },
      ]);
    });

    test('are changed and seen, day by day', async () => {
      await storage.enrolKiosk(enrolment('one'));
      const { name: _, pin: __, ...rest } = KIOSK;
      await storage.changeKiosk(id, KIOSK.id, { ...rest, name: 'อื่น' });
      await storage.meetKiosk('one', '2024-11-21');
      const [kiosk] = await storage.listKiosks(id);
      expect(kiosk).toEqual({
        ...KIOSK,
        name: 'อื่น',
        assessment: id,
        linkExpiresAt: null,
        isEnrolled: true,
        seenOn: '2024-11-21',
      });
    });

    test('go with their assessment, and another’s cannot be touched', async () => {
      const other = { ...ASSESSMENT, id: numberedUuid(901), fiscalYear: 2569 };
      await storage.createAssessment(other, []);
      expect(await storage.removeKiosk(other.id, KIOSK.id)).toBe(false);
      expect(await storage.renewKioskLink(other.id, KIOSK.id, LINK)).toBe(false);
      expect(
        await storage.addKiosk(
          numberedUuid(999),
          { ...KIOSK, id: numberedUuid(802) },
          { ...LINK, hash: 'x' },
        ),
      ).toBe(false);
      await storage.updateAssessment(ASSESSMENT, { ...ASSESSMENT, deletedOn: '2025-05-01' }, []);
      expect(await storage.removeDeleted('2025-05-01', '2025-05-31T02:00:00Z')).toBe(1);
      expect(await storage.listKiosks(id)).toEqual([]);
      expect(await storage.enrolKiosk(enrolment('one'))).toBeNull();
    });
  });
}
