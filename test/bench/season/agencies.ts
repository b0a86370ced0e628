import { assessmentSchema, channelListSchema, templateSchema } from '#core/contract/assessment.ts';
import { channelSchema } from '#core/contract/channel.ts';
import type { SealKey } from '#core/seal/seal-key.ts';
import { type ChaosServer } from '../../chaos/server.ts';
import { addressOf } from '../load/requests.ts';
import { inTurns } from './in-turns.ts';

const ADMIN = { name: 'somsri', password: 'ratchaphruek-baan-2568' };
const DEPARTMENTS = 4;
/** As many at a time as make the set-up quick. */
const AT_ONCE = 8;
/** Fewer than one address may send at once: the set-up of a country is the bench's, not a season's. */
const REQUESTS_PER_ADDRESS = 500;
/** Behind all that send responses. */
const FIRST_DEVICE = 2 ** 23;

/** An agency as who answers it has to know it. */
export interface Agency {
  /** Of its assessment. */
  id: string;
  seal: SealKey | null;
  departments: readonly number[];
  channels: readonly { code: string; instrument: string; department: number | null }[];
}

/** The admin of the whole server, signed in. */
export interface Admin {
  /** The reply to a GET below /api/v1, read to its end; rejects where it is not 200. */
  read(path: string): Promise<unknown>;
  post(path: string, json: unknown): Promise<unknown>;
}

/** Makes the first account of a server that was just started. */
export async function signUp({ url, output }: ChaosServer): Promise<Admin> {
  const token = /set-up\?token=(\S+)/.exec(output)?.[1];
  if (url === null || token === undefined) throw new Error('no set-up link');
  let cookie = '';
  let asked = 0;
  async function ask(path: string, request: RequestInit): Promise<unknown> {
    const address = addressOf(FIRST_DEVICE + Math.floor(asked / REQUESTS_PER_ADDRESS));
    asked += 1;
    const reply = await fetch(`${url}/api/v1/${path}`, {
      ...request,
      headers: { origin: String(url), cookie, 'x-forwarded-for': address },
    });
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
    cookie ||= reply.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    return reply.json();
  }
  const post = async (path: string, json: unknown) =>
    ask(path, { method: 'POST', body: JSON.stringify(json) });
  await post('set-up', { token, ...ADMIN });
  return { read: async (path) => ask(path, {}), post };
}

async function firstDraft(admin: Admin) {
  const { templates } = (await admin.read('templates')) as { templates: unknown[] };
  const { draft } = templateSchema.parse(templates[0]);
  return { ...draft, departments: draft.departments.slice(0, DEPARTMENTS) };
}

/** Makes so many agencies through the API, each with an organization of its own. `tell` hears how many there are. */
export async function makeAgencies(
  admin: Admin,
  count: number,
  tell: (made: number) => void,
): Promise<Agency[]> {
  const draft = await firstDraft(admin);
  let made = 0;
  async function makeAgency(number: number): Promise<Agency> {
    const organization = { th: `หน่วยงานที่ ${number + 1}`, en: `Agency ${number + 1}` };
    const { id } = assessmentSchema.parse(
      await admin.post('assessments', { ...draft, organization }),
    );
    const { channels } = channelListSchema.parse(await admin.read(`assessments/${id}/channels`));
    const { seal } = channelSchema.parse(await admin.read(`channels/${channels[0]?.code}`));
    made += 1;
    tell(made);
    return {
      id,
      seal,
      departments: draft.departments.map((department) => department.number),
      channels: channels.map(({ code, instrument, department }) => ({
        code,
        instrument,
        department,
      })),
    };
  }
  return inTurns(count, AT_ONCE, makeAgency);
}
