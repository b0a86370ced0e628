import { expect, test } from 'vitest';
import type { Storage } from '#server/storage/storage.ts';
import { ASSESSMENT } from '../support/fixtures.ts';
import { asClient } from '../support/postgres-cluster.ts';
import { untilWaiting } from '../support/until-waiting.ts';
import { enrolment, KIOSK, LINK } from './kiosk-suite.ts';

/** What only PostgreSQL lets happen: a statement of one between two of another. */
export function describeEnrolments(open: () => Promise<{ url: string; storage: Storage }>): void {
  test('a tablet that opens its link again in the moment in which that was stored is known', async () => {
    const { url, storage } = await open();
    await storage.createAssessment(ASSESSMENT, []);
    await storage.addKiosk(ASSESSMENT.id, KIOSK, LINK);
    await asClient(url, async (before) => {
      await before.query('begin');
      await before.query('lock table kiosks in exclusive mode');
      const again = storage.enrolKiosk(enrolment('one'));
      await asClient(url, async (watching) => untilWaiting(watching, 1));
      await before.query(
        "update kiosks set token_hash = 'one', link_hash = null, link_expires_at = null",
      );
      await before.query('commit');
      expect(await again).toMatchObject({ id: KIOSK.id });
    });
    expect(await storage.meetKiosk('one', '2024-11-20')).toMatchObject({ id: KIOSK.id });
    await storage.close();
  });
}
