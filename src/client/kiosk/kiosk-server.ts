import { type KioskSettings, kioskSettingsSchema } from '#core/contract/kiosk.ts';
import { problemSchema, type ProblemCode } from '#core/contract/problem.ts';

/** After this long an answer is not waited for any more; it is asked for again later. */
const LIMIT_MS = 15_000;

/** What the server says of this tablet. `serverTime`: of its own clock, milliseconds since the epoch; null if it did not tell. */
export type KioskReply =
  | { kind: 'settings'; settings: KioskSettings; serverTime: number | null }
  | { kind: 'refused'; problem: ProblemCode }
  | { kind: 'unreachable' };

/** The only place where a tablet shows its token. Never rejects. */
export interface KioskServer {
  enrol(link: string, token: string): Promise<KioskReply>;
  contact(token: string): Promise<KioskReply>;
}

function timeIn(reply: Response): number | null {
  const time = Date.parse(reply.headers.get('date') ?? '');
  return Number.isNaN(time) ? null : time;
}

export function createKioskServer(fetcher: typeof fetch): KioskServer {
  async function ask(place: string, json: object): Promise<KioskReply> {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), LIMIT_MS);
    try {
      const reply = await fetcher(`/api/v1/kiosk/${place}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify(json),
        credentials: 'omit',
        cache: 'no-store',
        signal: limit.signal,
      });
      const body: unknown = await reply.json();
      if (!reply.ok) return { kind: 'refused', problem: problemSchema.parse(body).code };
      const settings = kioskSettingsSchema.parse(body);
      return { kind: 'settings', settings, serverTime: timeIn(reply) };
    } catch {
      // No network, or whatever else answers there, such as a captive portal.
      return { kind: 'unreachable' };
    } finally {
      clearTimeout(timer);
    }
  }
  return {
    enrol: (link, token) => ask('enrolment', { link, token }),
    contact: (token) => ask('contact', { token }),
  };
}
