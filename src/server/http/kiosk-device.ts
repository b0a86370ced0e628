import {
  kioskContactSchema,
  kioskEnrolmentSchema,
  type KioskSettings,
  kioskSettingsSchema,
} from '#core/contract/kiosk.ts';
import { dayInBangkok } from '#core/life/day.ts';
import { noteOfServer } from '../auditing/server-act.ts';
import { sha256 } from '../sha256.ts';
import type { StoredKiosk } from '../storage/kiosk-rows.ts';
import type { AppEffects } from './effects.ts';
import { ProblemError } from './problem-error.ts';
import { readJson } from './read-json.ts';
import type { Route } from './route.ts';

const MAX_BYTES = 1024;

const settingsOf = ({ name, channels, idleSeconds, pin }: StoredKiosk): KioskSettings => ({
  name,
  channels,
  idleSeconds,
  pin,
});

/**
 * What a counter's tablet asks of itself. It shows its token here and nowhere else: what is answered on it travels by the
 * route of every device, without any sign of the tablet.
 */
export function kioskDeviceRoutes({ storage, now }: AppEffects): Route[] {
  return [
    {
      method: 'POST',
      path: '/api/v1/kiosk/enrolment',
      summary: 'Enrols a tablet by its link, which works once; the same tablet may ask again',
      access: 'public',
      body: kioskEnrolmentSchema,
      replies: { 200: kioskSettingsSchema },
      problems: ['invalid-request', 'kiosk-link-used', 'storage-unavailable'],
      async handle(context) {
        const { link, token } = await readJson(context.req.raw, kioskEnrolmentSchema, MAX_BYTES);
        const kiosk = await storage.enrolKiosk({
          linkHash: sha256(link),
          tokenHash: sha256(token),
          now: new Date(now()).toISOString(),
          day: dayInBangkok(now()),
          noteOf: ({ assessment, name }) =>
            noteOfServer(now(), 'kiosk-enrolled', { assessment, details: { kiosk: name } }),
        });
        if (!kiosk) throw new ProblemError('kiosk-link-used');
        return context.json(settingsOf(kiosk));
      },
    },
    {
      method: 'POST',
      path: '/api/v1/kiosk/contact',
      summary: 'The settings of an enrolled tablet; kiosk-unknown once it was revoked',
      access: 'public',
      body: kioskContactSchema,
      replies: { 200: kioskSettingsSchema },
      problems: ['invalid-request', 'kiosk-unknown', 'storage-unavailable'],
      async handle(context) {
        const { token } = await readJson(context.req.raw, kioskContactSchema, MAX_BYTES);
        const kiosk = await storage.meetKiosk(sha256(token), dayInBangkok(now()));
        if (!kiosk) throw new ProblemError('kiosk-unknown');
        return context.json(settingsOf(kiosk));
      },
    },
  ];
}
