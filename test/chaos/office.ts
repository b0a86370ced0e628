import { assessmentSchema, channelListSchema, templateSchema } from '#core/contract/assessment.ts';
import { channelSchema } from '#core/contract/channel.ts';
import type { SealKey } from '#core/seal/seal-key.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { eit, iit } from '../core/instruments/known-instruments.ts';
import { PostgresSite } from './postgres-site.ts';
import type { ChaosServer } from './server.ts';
import type { Site } from './site.ts';
import { SqliteSite } from './sqlite-site.ts';

const ADMIN = { name: 'somsri', password: 'ratchaphruek-baan-2568' };

export type ChaosDatabase = 'sqlite' | 'postgres';

/** A channel that the devices of a run answer. */
export interface ChaosChannel {
  code: string;
  instrument: Instrument;
  department: number | null;
  seal: SealKey | null;
}

/** An office that was set up through the API, as a site that each seed begins with a copy of. */
export interface PreparedOffice {
  channels: readonly ChaosChannel[];
  /** A copy of it that is not started; `script`: instead of the server's own main module. */
  newSite(script?: string): Promise<Site>;
  remove(): Promise<void>;
}

/** Makes an account and an assessment from the first template. */
async function setUp({ url, output }: ChaosServer): Promise<ChaosChannel[]> {
  const token = /set-up\?token=(\S+)/.exec(output)?.[1];
  if (url === null || token === undefined) throw new Error('no set-up link');
  let cookie = '';
  const ask = async (method: string, path: string, json?: unknown) => {
    const reply = await fetch(`${url}/api/v1/${path}`, {
      method,
      headers: { origin: url, cookie },
      ...(json !== undefined && { body: JSON.stringify(json) }),
    });
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
    cookie ||= reply.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    return reply.json();
  };
  await ask('POST', 'set-up', { token, ...ADMIN });
  const { templates } = await ask('GET', 'templates');
  const template = templateSchema.parse(templates[0]);
  const { id } = assessmentSchema.parse(await ask('POST', 'assessments', template.draft));
  const { channels } = channelListSchema.parse(await ask('GET', `assessments/${id}/channels`));
  const { seal } = channelSchema.parse(await ask('GET', `channels/${channels[0]?.code}`));
  const instruments = new Map([eit, iit].map((instrument) => [instrument.id, instrument]));
  return channels.flatMap(({ code, instrument: name, department }) => {
    const instrument = instruments.get(name);
    return instrument ? [{ code, instrument, department, seal }] : [];
  });
}

async function prepareOnSqlite(): Promise<PreparedOffice> {
  const site = await SqliteSite.create();
  await site.server.start();
  site.beforeOffice = await site.backup();
  const channels = await setUp(site.server);
  await site.stop();
  return {
    channels,
    newSite: async (script) => SqliteSite.create({ from: site, script }),
    remove: async () => site.remove(),
  };
}

async function prepareOnPostgres(): Promise<PreparedOffice> {
  const site = await PostgresSite.create();
  await site.first.start();
  const channels = await setUp(site.first);
  await site.rest();
  return {
    channels,
    newSite: async (script) => PostgresSite.create({ from: site, script }),
    remove: async () => site.remove(),
  };
}

/** Starts a server, sets an office up, and stops it again. */
export async function prepareOffice(database: ChaosDatabase = 'sqlite'): Promise<PreparedOffice> {
  return database === 'sqlite' ? prepareOnSqlite() : prepareOnPostgres();
}
