import { assessmentSchema, channelListSchema, templateSchema } from '#core/contract/assessment.ts';
import { channelSchema } from '#core/contract/channel.ts';
import type { SealKey } from '#core/seal/seal-key.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { eit, iit } from '../core/instruments/known-instruments.ts';
import { ChaosServer } from './server.ts';

const ADMIN = { name: 'somsri', password: 'ratchaphruek-baan-2568' };

/** A channel that the devices of a run answer. */
export interface ChaosChannel {
  code: string;
  instrument: Instrument;
  department: number | null;
  seal: SealKey | null;
}

/** An office that was set up through the API, as a data folder that each seed begins with a copy of. */
export interface PreparedOffice {
  server: ChaosServer;
  assessment: string;
  /** Of the admin who is signed in, also on a copy of the folder. */
  cookie: string;
  channels: readonly ChaosChannel[];
}

/** Starts a server, makes an account and an assessment from the first template, and stops it again. */
export async function prepareOffice(): Promise<PreparedOffice> {
  const server = await ChaosServer.create(null);
  await server.start();
  const { url } = server;
  const token = /set-up\?token=(\S+)/.exec(server.output)?.[1];
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
  await server.stop();
  const instruments = new Map([eit, iit].map((instrument) => [instrument.id, instrument]));
  return {
    server,
    assessment: id,
    cookie,
    channels: channels.flatMap(({ code, instrument: name, department }) => {
      const instrument = instruments.get(name);
      return instrument ? [{ code, instrument, department, seal }] : [];
    }),
  };
}
