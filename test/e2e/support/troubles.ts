// What devices and the server meet on bad days, so that an admin has something to look after.
import { randomUUID } from 'node:crypto';
import type { DeviceReport } from '#core/contract/device-report.ts';
import { digestOf } from '#core/contract/digest.ts';
import type { Envelope } from '#core/contract/envelope.ts';
import { besideServer } from '#server/storage/beside-server.ts';
import type { Office } from './office.ts';
import { envelopesOf, people, sendEnvelopes } from './responses.ts';

/** Tells the server how a device stands, as the device itself does; what is not said is zero. */
export async function reportDevice(
  office: Office,
  known: Partial<DeviceReport> & Pick<DeviceReport, 'channel'>,
): Promise<void> {
  const { acknowledged = 0, waiting = 0, refused = 0 } = known;
  const report: DeviceReport = {
    id: randomUUID(),
    revision: 1,
    finished: acknowledged + waiting + refused,
    acknowledged,
    waiting,
    refused,
    oldestWaitingHours: waiting + refused > 0 ? 2 : null,
    refusedBecause: [],
    isStorageNearlyFull: false,
    ...known,
  };
  const reply = await office.request.post(`${office.server.url}/api/v1/device-reports`, {
    data: { reports: [report] },
  });
  if (!reply.ok()) throw new Error(`device report: ${reply.status()} ${await reply.text()}`);
}

function withBody(envelope: Envelope, body: string): Envelope {
  return { ...envelope, body, digest: digestOf(body) };
}

/** Sends responses of an instrument that the server's build does not know; returns them as the build to come reads them. */
export async function quarantine(office: Office, count: number): Promise<Envelope[]> {
  const understood = envelopesOf(office, 'iit-2567', people(count));
  const results = await sendEnvelopes(
    office,
    understood.map((envelope) =>
      withBody(envelope, envelope.body.replace('"iit-2567"', '"iit-2599"')),
    ),
  );
  if (results.some(({ result }) => result !== 'quarantined'))
    throw new Error(`not quarantined: ${JSON.stringify(results)}`);
  return understood;
}

/** Sends a response twice under one id with different answers. */
export async function conflict(office: Office): Promise<void> {
  const [first, second] = envelopesOf(office, 'iit-2567', [{}, { answers: { I1: 2 } }]);
  if (!first || !second) throw new Error('two people answered');
  const results = await sendEnvelopes(office, [first, { ...second, id: first.id }]);
  if (results[1]?.result !== 'conflict') throw new Error(`no conflict: ${JSON.stringify(results)}`);
}

/** The database as if the server's build understood what it quarantined before. */
export const understand = async ({ server }: Office, envelopes: readonly Envelope[]) =>
  besideServer(server.config, async (database) => {
    for (const { id, body, digest } of envelopes)
      await database.updateTable('quarantine').set({ body, digest }).where('id', '=', id).execute();
  });
