import {
  type Assessment,
  type AssessmentDraft,
  assessmentDraftSchema,
  assessmentListSchema,
  assessmentSchema,
} from '#core/contract/assessment.ts';
import { makeChannelCode } from '#core/contract/channel-code.ts';
import { missingChannels } from '../assessments/plan-channels.ts';
import type { StoredChannel } from '../storage/storage.ts';
import type { AppEffects } from './effects.ts';
import { findAssessment } from './find-assessment.ts';
import { ProblemError } from './problem-error.ts';
import { readJson } from './read-json.ts';
import { refuseStale } from './refuse-stale.ts';
import type { Route } from './route.ts';

/** Refuses what an assessment that is running can no longer lose: its printed posters and its responses refer to it. */
function refuseLosses(before: Assessment, draft: AssessmentDraft): void {
  const kept = new Set(draft.departments.map(({ number }) => number));
  const lost = before.departments.find(({ number }) => !kept.has(number));
  if (lost) throw new ProblemError('department-in-use', `departments.${lost.number}`);
  if (before.instruments.some((id) => !draft.instruments.includes(id)))
    throw new ProblemError('invalid-request', 'instruments');
}

export function assessmentRoutes(effects: AppEffects): Route[] {
  const { storage, instruments, randomness } = effects;

  /** Channels with codes that nobody has: 23^7 are possible, so another try is all it takes. */
  async function newChannels(
    assessment: Assessment,
    existing: readonly StoredChannel[],
  ): Promise<StoredChannel[]> {
    for (;;) {
      const channels = missingChannels(assessment, existing, () =>
        makeChannelCode(randomness.below),
      );
      const codes = new Set(channels.map(({ code }) => code));
      const taken = await storage.findChannels([...codes]);
      if (taken.length === 0 && codes.size === channels.length) return channels;
    }
  }

  function refuseUnknownInstruments({ instruments: ids }: AssessmentDraft): void {
    if (new Set(ids).size < ids.length || ids.some((id) => !instruments.has(id)))
      throw new ProblemError('invalid-request', 'instruments');
  }

  return [
    {
      method: 'GET',
      path: '/api/v1/assessments',
      summary: 'All assessments, the latest fiscal year first',
      access: 'signed-in',
      replies: { 200: assessmentListSchema },
      problems: ['storage-unavailable'],
      handle: async (context) => context.json({ assessments: await storage.listAssessments() }),
    },
    {
      method: 'POST',
      path: '/api/v1/assessments',
      summary: 'Makes an assessment and its channels',
      access: 'edit',
      audit: 'assessment-made',
      body: assessmentDraftSchema,
      replies: { 201: assessmentSchema },
      problems: ['invalid-request', 'storage-unavailable'],
      async handle(context) {
        const draft = await readJson(context.req.raw, assessmentDraftSchema);
        refuseUnknownInstruments(draft);
        const assessment = { id: randomness.uuid(), ...draft };
        await storage.createAssessment(assessment, await newChannels(assessment, []));
        // As it is stored: an organization that is there already keeps its names.
        return context.json(await storage.findAssessment(assessment.id), 201);
      },
    },
    {
      method: 'GET',
      path: '/api/v1/assessments/:id',
      summary: 'One assessment',
      access: 'look',
      replies: { 200: assessmentSchema },
      problems: ['not-found', 'storage-unavailable'],
      handle: async (context) => context.json(await findAssessment(effects, context)),
    },
    {
      method: 'PUT',
      path: '/api/v1/assessments/:id',
      summary: 'Replaces what an admin writes of an assessment; new departments get channels',
      access: 'edit',
      audit: 'assessment-changed',
      headers: {
        'If-Match':
          'The tag, in quotes, of the assessment that the draft was made from: refused if another is stored. Without it nothing is compared.',
      },
      body: assessmentDraftSchema,
      replies: { 200: assessmentSchema },
      problems: [
        'invalid-request',
        'department-in-use',
        'changed-meanwhile',
        'not-found',
        'storage-unavailable',
      ],
      async handle(context) {
        const draft = await readJson(context.req.raw, assessmentDraftSchema);
        refuseUnknownInstruments(draft);
        // Again from the start where another admin was quicker: the draft may lose what that one added.
        for (;;) {
          const before = await findAssessment(effects, context);
          const after = { id: before.id, ...draft };
          // First, as whoever saw an older state knows nothing of what they would lose.
          refuseStale(context.req.header('if-match'), before, after);
          refuseLosses(before, draft);
          const channels = await newChannels(after, await storage.listChannels(before.id));
          if (await storage.updateAssessment(before, after, channels)) return context.json(after);
        }
      },
    },
  ];
}
