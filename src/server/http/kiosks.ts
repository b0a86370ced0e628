import {
  type Kiosk,
  kioskChangeSchema,
  kioskLinkSchema,
  kioskListSchema,
  madeKioskSchema,
  newKioskSchema,
} from '#core/contract/kiosk.ts';
import { lockFor } from '../pin-lock.ts';
import { sha256 } from '../sha256.ts';
import type { StoredKiosk } from '../storage/kiosk-rows.ts';
import type { AppContext, AppEffects } from './effects.ts';
import { findAssessment, findChangeable } from './find-assessment.ts';
import { ProblemError } from './problem-error.ts';
import { readJson } from './read-json.ts';
import type { Route } from './route.ts';

const PATH = '/api/v1/assessments/:id/kiosks';
const MAX_KIOSK_BYTES = 16 * 1024;
const LINK_MS = 7 * 24 * 60 * 60 * 1000;
const SALT_DIGITS = 32;

const moment = (time: number) => new Date(time).toISOString();

/** The tablets at the counters of an assessment. */
export function kioskRoutes(effects: AppEffects): Route[] {
  const { storage, randomness, now, publicUrl } = effects;
  function stateOf({ isEnrolled, linkExpiresAt }: StoredKiosk): Kiosk['state'] {
    if (isEnrolled) return 'enrolled';
    return linkExpiresAt !== null && linkExpiresAt > moment(now()) ? 'waits' : 'lapsed';
  }

  function view(kiosk: StoredKiosk): Kiosk {
    const { id, name, channels, idleSeconds, seenOn } = kiosk;
    return { id, name, channels, idleSeconds, state: stateOf(kiosk), seenOn };
  }

  /** Behind the #, which no request carries: neither our log nor a proxy's has it. */
  function newLink() {
    const token = randomness.token();
    const expiresAt = moment(now() + LINK_MS);
    return {
      stored: { hash: sha256(token), expiresAt },
      told: { link: `${publicUrl}/kiosk#${token}`, expiresAt },
    };
  }

  const lock = (pin: string) => lockFor(pin, randomness.secret().slice(0, SALT_DIGITS));

  async function refuseForeign(assessment: string, codes: readonly string[]): Promise<void> {
    const known = new Set((await storage.listChannels(assessment)).map(({ code }) => code));
    if (codes.some((code) => !known.has(code)))
      throw new ProblemError('invalid-request', 'channels');
  }

  async function findKiosk(context: AppContext, assessment: string): Promise<StoredKiosk> {
    const kiosks = await storage.listKiosks(assessment);
    const kiosk = kiosks.find(({ id }) => id === context.req.param('kiosk'));
    if (!kiosk) throw new ProblemError('not-found');
    return kiosk;
  }

  return [
    {
      method: 'GET',
      path: PATH,
      summary:
        'The tablets at counters; neither their tokens nor anything that was answered on them',
      access: 'edit',
      replies: { 200: kioskListSchema },
      problems: ['not-found', 'storage-unavailable'],
      async handle(context) {
        const { id } = await findAssessment(effects, context);
        return context.json({ kiosks: (await storage.listKiosks(id)).map(view) });
      },
    },
    {
      method: 'POST',
      path: PATH,
      summary: 'Adds a tablet; its link is told this once, works once and within seven days',
      access: 'edit',
      audit: 'kiosk-made',
      body: newKioskSchema,
      replies: { 201: madeKioskSchema },
      problems: ['invalid-request', 'assessment-archived', 'not-found', 'storage-unavailable'],
      async handle(context) {
        const { pin, ...settings } = await readJson(
          context.req.raw,
          newKioskSchema,
          MAX_KIOSK_BYTES,
        );
        const { id: assessment } = await findChangeable(effects, context);
        await refuseForeign(assessment, settings.channels);
        const id = randomness.uuid();
        const { stored, told } = newLink();
        const kiosk = { id, ...settings, pin: await lock(pin) };
        if (!(await storage.addKiosk(assessment, kiosk, stored)))
          throw new ProblemError('not-found');
        context.set('audited', { details: { kiosk: settings.name } });
        const made: Kiosk = { id, ...settings, state: 'waits', seenOn: null };
        return context.json({ kiosk: made, link: told }, 201);
      },
    },
    {
      method: 'PUT',
      path: `${PATH}/:kiosk`,
      summary: 'Changes a tablet, which hears of it when it next asks',
      access: 'edit',
      audit: 'kiosk-changed',
      body: kioskChangeSchema,
      replies: { 204: null },
      problems: ['invalid-request', 'assessment-archived', 'not-found', 'storage-unavailable'],
      async handle(context) {
        const { pin, ...settings } = await readJson(
          context.req.raw,
          kioskChangeSchema,
          MAX_KIOSK_BYTES,
        );
        const { id: assessment } = await findChangeable(effects, context);
        const { id } = await findKiosk(context, assessment);
        await refuseForeign(assessment, settings.channels);
        const change = pin === undefined ? settings : { ...settings, pin: await lock(pin) };
        if (!(await storage.changeKiosk(assessment, id, change)))
          throw new ProblemError('not-found');
        context.set('audited', { details: { kiosk: settings.name } });
        return context.body(null, 204);
      },
    },
    {
      method: 'POST',
      path: `${PATH}/:kiosk/links`,
      summary:
        'Makes another link, for a tablet in the place of the one before, which is enrolled until the link is opened',
      access: 'edit',
      audit: 'kiosk-link-made',
      replies: { 201: kioskLinkSchema },
      problems: ['assessment-archived', 'not-found', 'storage-unavailable'],
      async handle(context) {
        const { id: assessment } = await findChangeable(effects, context);
        const { id, name } = await findKiosk(context, assessment);
        const { stored, told } = newLink();
        if (!(await storage.renewKioskLink(assessment, id, stored)))
          throw new ProblemError('not-found');
        context.set('audited', { details: { kiosk: name } });
        return context.json(told, 201);
      },
    },
    {
      method: 'DELETE',
      path: `${PATH}/:kiosk`,
      summary:
        'Revokes a tablet: it asks nobody from its next contact on, and sends what waits on it',
      access: 'edit',
      audit: 'kiosk-revoked',
      replies: { 204: null },
      problems: ['not-found', 'storage-unavailable'],
      async handle(context) {
        const { id: assessment } = await findAssessment(effects, context);
        const { id, name } = await findKiosk(context, assessment);
        if (!(await storage.removeKiosk(assessment, id))) throw new ProblemError('not-found');
        context.set('audited', { details: { kiosk: name } });
        return context.body(null, 204);
      },
    },
  ];
}
