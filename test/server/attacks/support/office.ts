import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { madeKioskSchema } from '#core/contract/kiosk.ts';
import type { Role } from '#core/contract/role.ts';
import { DRAFT, EIT, envelope, MEASURE, response } from '../../support/fixtures.ts';
import { numberedUuid } from '../../support/numbered-uuid.ts';
import { createTestServer } from '../../support/test-server.ts';

export const ROLES: readonly Role[] = ['owner', 'admin', 'viewer', 'auditor'];

/** Of every account that the attacks need besides the owner's. */
export const PASSWORD = 'ม้าลายเดินข้ามสะพาน';

const tableNamesSchema = z.array(z.object({ name: z.string() }));

/** What an attacker could name of a year: the assessment and one thing of each kind that lies below it. */
interface Year {
  assessment: string;
  channel: string;
  measure: string;
  device: string;
  kiosk: string;
}

/** A tablet for a counter, but for its counters. */
export const KIOSK = { name: 'เคาน์เตอร์ 1', idleSeconds: 45, pin: '290467' };

/** The first cookie of an answer as a browser sends it back. */
export const cookieIn = (setCookies: readonly string[]) =>
  setCookies.map((line) => line.split(';')[0]).join('; ');

/**
 * An office with something of everything: an account of each role, a year, another year, and one that was deleted. The one
 * who asks without a cookie of their own is the owner.
 */
export async function createOffice() {
  const server = await createTestServer();
  const { ask } = server;
  await server.signIn();

  async function createYear(fiscalYear: number, number: number): Promise<Year> {
    const { assessment, channels } = await server.createAssessment({ ...DRAFT, fiscalYear });
    const channel = channels.find(({ instrument }) => instrument === EIT.id)?.code ?? '';
    await ask('POST', `/api/v1/assessments/${assessment.id}/channels/${channel}/display`);
    const measure = numberedUuid(70_000 + number);
    const device = numberedUuid(80_000 + number);
    await ask('PUT', `/api/v1/assessments/${assessment.id}/measures/${measure}`, {
      json: { ...MEASURE, id: measure },
    });
    await ask('POST', '/api/v1/device-reports', { json: { reports: [reportOf(device, channel)] } });
    await server.resultsOf([envelope(90_000 + number, channel, response(EIT))]);
    const kiosks = `/api/v1/assessments/${assessment.id}/kiosks`;
    const made = await ask('POST', kiosks, { json: { ...KIOSK, channels: [channel] } });
    const { kiosk } = madeKioskSchema.parse(await made.json());
    return { assessment: assessment.id, channel, measure, device, kiosk: kiosk.id };
  }

  async function addOrganization(parent: string | null, kind: string, th: string): Promise<string> {
    const json = { parent, kind, name: { th } };
    const { id } = await (await ask('POST', '/api/v1/organizations', { json })).json();
    return String(id);
  }

  const city = await addOrganization(null, 'city', 'นครตัวอย่าง');
  const district = await addOrganization(city, 'district', 'เขตบางกะปิ');

  const own = await createYear(2568, 1);
  const other = await createYear(2567, 2);
  const deleted = await createYear(2566, 3);
  await ask('PUT', `/api/v1/assessments/${deleted.assessment}/deletion`, {
    json: { fiscalYear: 2566 },
  });

  const cookies: Record<Role, string> = {
    owner: server.cookie(),
    admin: '',
    viewer: '',
    auditor: '',
  };
  const ids: Record<Role, string> = { owner: '', admin: '', viewer: '', auditor: '' };
  for (const role of ROLES.filter((one) => one !== 'owner')) {
    const made = await server.accounts.create(`the-${role}`, PASSWORD, { role, branch: 'all' });
    if (!made) throw new Error(`no account for ${role}`);
    cookies[role] = cookieIn(made.cookies);
    ids[role] = made.id;
  }
  const invited = await ask('POST', '/api/v1/invitations', { json: { role: 'viewer' } });
  const { id: invitation, link } = await invited.json();

  /**
   * A hash of all that is stored: but the sessions, which are prolonged by being used, what is counted of attempts, and perhaps the
   * log, and the sums, to which a look adds what came in.
   */
  function fingerprint(but?: 'but the log' | 'but the log and sums'): string {
    const uses = 'session|verification|limits|limit_secrets|failed_attempts';
    const sums = 'unfolded|tallies|combinations|day_counts|tally_states';
    const left = new RegExp(
      `^(${uses}${but ? '|audit_.*' : ''}${but === 'but the log and sums' ? `|${sums}` : ''})$`,
    );
    const tables = tableNamesSchema
      .parse(server.handle.prepare(`select name from sqlite_master where type = 'table'`).all())
      .filter(({ name }) => !left.test(name));
    const rows = tables.map(({ name }) => server.handle.prepare(`select * from "${name}"`).all());
    return createHash('sha256').update(JSON.stringify(rows)).digest('hex');
  }

  return {
    city,
    district,
    server,
    own,
    other,
    deleted,
    cookies,
    ids,
    invitation,
    link: String(link),
    fingerprint,
  };
}

export type Office = Awaited<ReturnType<typeof createOffice>>;

/** What a device says of a channel: one response finished, and received. */
export const reportOf = (id: string, channel: string) => ({
  id,
  channel,
  revision: 1,
  finished: 2,
  acknowledged: 1,
  waiting: 1,
  refused: 0,
  oldestWaitingHours: 1,
  refusedBecause: [],
  isStorageNearlyFull: false,
});
