import type { Assessment } from '#core/contract/assessment.ts';
import { makeStaffCode } from '#core/contract/staff-code.ts';
import {
  madeStaffCodesSchema,
  staffCodesSchema,
  wantedStaffCodesSchema,
} from '#core/contract/staff-codes.ts';
import { channelForAdmin } from '../assessments/channel-view.ts';
import type { AppContext, AppEffects } from './effects.ts';
import { findAssessment, findChangeable } from './find-assessment.ts';
import { ProblemError } from './problem-error.ts';
import { readJson } from './read-json.ts';
import type { Route } from './route.ts';

const PATH = '/api/v1/assessments/:id/staff-codes';

/** Codes with which each of the staff answers once. They are told when they are made, and never again. */
export function staffCodeRoutes(effects: AppEffects): Route[] {
  const { storage, instruments, randomness, publicUrl } = effects;

  /** Where the staff of a department answer: its own channel, else that of the whole office. */
  async function channelOf(assessment: Assessment, department: number) {
    const channels = (await storage.listChannels(assessment.id)).filter(
      ({ instrument }) => instruments.get(instrument)?.tool === 'IIT',
    );
    const channel =
      channels.find((one) => one.department === department) ??
      channels.find((one) => one.department === null);
    if (!channel) throw new ProblemError('not-found');
    return channelForAdmin(channel, assessment, publicUrl);
  }

  async function demand(context: AppContext, isDemanded: boolean) {
    const { id } = await findChangeable(effects, context);
    await storage.demandStaffCodes(id, isDemanded, randomness.secret());
    return context.body(null, 204);
  }

  return [
    {
      method: 'GET',
      path: PATH,
      summary:
        'Whether the staff need codes, and how many were made and spent; no code, and nothing of a single one',
      access: 'look',
      replies: { 200: staffCodesSchema },
      problems: ['not-found', 'storage-unavailable'],
      async handle(context) {
        const { id } = await findAssessment(effects, context);
        return context.json(await storage.readStaffCodes(id));
      },
    },
    {
      method: 'PUT',
      path: `${PATH}/demand`,
      summary:
        'From now on only those responses of the staff are counted that come with an unspent code; what was counted before stays',
      access: 'edit',
      audit: 'staff-codes-demanded',
      replies: { 204: null },
      problems: ['not-found', 'assessment-archived', 'storage-unavailable'],
      handle: (context) => demand(context, true),
    },
    {
      method: 'DELETE',
      path: `${PATH}/demand`,
      summary:
        'From now on the responses of the staff are counted with or without a code; what was kept apart stays so',
      access: 'edit',
      audit: 'staff-codes-not-demanded',
      replies: { 204: null },
      problems: ['not-found', 'assessment-archived', 'storage-unavailable'],
      handle: (context) => demand(context, false),
    },
    {
      method: 'POST',
      path: PATH,
      summary: 'Makes codes for a department and tells them this once; only their hashes are kept',
      access: 'edit',
      audit: 'staff-codes-made',
      body: wantedStaffCodesSchema,
      replies: { 201: madeStaffCodesSchema },
      problems: ['not-found', 'invalid-request', 'assessment-archived', 'storage-unavailable'],
      async handle(context) {
        const assessment = await findChangeable(effects, context);
        const wanted = await readJson(context.req.raw, wantedStaffCodesSchema);
        const { department, count, voidsUnspent } = wanted;
        if (!assessment.departments.some(({ number }) => number === department))
          throw new ProblemError('not-found');
        const { url } = await channelOf(assessment, department);
        const codes = Array.from({ length: count }, () => makeStaffCode(randomness.below));
        const voided = await storage.addStaffCodes(assessment.id, {
          department,
          codes,
          secret: randomness.secret(),
          voidsUnspent,
        });
        context.set('audited', {
          details: {
            department: String(department),
            count: String(count),
            ...(voided > 0 && { voided: String(voided) }),
          },
        });
        return context.json({ department, url, codes }, 201);
      },
    },
  ];
}
