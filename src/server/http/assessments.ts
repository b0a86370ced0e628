import { isDeepStrictEqual } from 'node:util';
import {
  type Assessment,
  type AssessmentDraft,
  assessmentDraftSchema,
  assessmentListSchema,
  assessmentSchema,
  newAssessmentSchema,
} from '#core/contract/assessment.ts';
import { DRAFT_LIFE, OPEN_LIFE } from '#core/contract/life.ts';
import { newChannels } from '../assessments/new-channels.ts';
import { newSealSecret } from '../sealing/seal-keys.ts';
import { isWithinBranch, withinReach } from './branch.ts';
import type { AppContext, AppEffects } from './effects.ts';
import { findAssessment, findChangeable } from './find-assessment.ts';
import { ProblemError } from './problem-error.ts';
import { readJson } from './read-json.ts';
import { refuseLowered } from './refuse-lowered.ts';
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

/** As they are stored. */
const byNumber = (departments: AssessmentDraft['departments']) =>
  departments.toSorted((a, b) => a.number - b.number);

export function assessmentRoutes(effects: AppEffects): Route[] {
  const { storage, instruments, randomness } = effects;

  function refuseUnknownInstruments({ instruments: ids }: AssessmentDraft): void {
    if (new Set(ids).size < ids.length || ids.some((id) => !instruments.has(id)))
      throw new ProblemError('invalid-request', 'instruments');
  }

  /** Where a new assessment belongs; undefined: where its name says. */
  async function placeOf(context: AppContext, wanted?: string): Promise<string | undefined> {
    const { branch } = context.get('signedIn');
    if (wanted === undefined) return branch === 'all' ? undefined : branch;
    const isWithin = await isWithinBranch(effects, context);
    const organizations = await storage.listOrganizations();
    if (!organizations.some(({ id }) => id === wanted) || !isWithin(wanted))
      throw new ProblemError('invalid-request', 'organizationId');
    return wanted;
  }

  /** What was made before under the id that its sender gave it. */
  async function madeBefore(
    context: AppContext,
    id: string,
    draft: AssessmentDraft,
  ): Promise<Assessment | undefined> {
    const stored = await storage.findAssessment(id);
    if (!stored) return undefined;
    const [known] = await withinReach(effects, context, [stored]);
    const isSame =
      known?.deletedOn === null &&
      known.fiscalYear === draft.fiscalYear &&
      isDeepStrictEqual(known.departments, byNumber(draft.departments));
    if (!isSame) throw new ProblemError('invalid-request', 'id');
    return known;
  }

  return [
    {
      method: 'GET',
      path: '/api/v1/assessments',
      summary: 'All assessments of one’s branch that are not deleted, the latest fiscal year first',
      access: 'signed-in',
      replies: { 200: assessmentListSchema },
      problems: ['storage-unavailable'],
      async handle(context) {
        const all = await storage.listAssessments();
        const assessments = all.filter(({ deletedOn }) => !deletedOn);
        return context.json({ assessments: await withinReach(effects, context, assessments) });
      },
    },
    {
      method: 'POST',
      path: '/api/v1/assessments',
      summary:
        'Makes an assessment and its channels; it is open at once unless it begins as a draft',
      access: 'edit',
      audit: 'assessment-made',
      body: newAssessmentSchema,
      replies: { 201: assessmentSchema },
      problems: ['invalid-request', 'year-taken', 'storage-unavailable'],
      async handle(context) {
        const {
          id = randomness.uuid(),
          begin = 'open',
          organizationId,
          ...draft
        } = await readJson(context.req.raw, newAssessmentSchema);
        refuseUnknownInstruments(draft);
        const organization = await placeOf(context, organizationId);
        context.set('audited', { assessment: id });
        const before = await madeBefore(context, id, draft);
        if (before) return context.json(before, 201);
        const assessment = {
          id,
          ...draft,
          life: begin === 'draft' ? DRAFT_LIFE : OPEN_LIFE,
          deletedOn: null,
        };
        const channels = await newChannels(effects, assessment, []);
        const outcome = await storage.createAssessment(assessment, channels, {
          organization,
          sealSecret: newSealSecret(randomness),
          isFirstOfYear: true,
        });
        if (outcome === 'year-taken') {
          // By this very one, where it was sent again before the first had an answer.
          const meanwhile = await madeBefore(context, id, draft);
          if (meanwhile) return context.json(meanwhile, 201);
          throw new ProblemError(outcome, 'fiscalYear');
        }
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
        'threshold-told',
        'assessment-archived',
        'changed-meanwhile',
        'year-taken',
        'organization-exists',
        'not-found',
        'storage-unavailable',
      ],
      async handle(context) {
        const draft = await readJson(context.req.raw, assessmentDraftSchema);
        refuseUnknownInstruments(draft);
        // Again from the start where another admin was quicker: the draft may lose what that one added.
        for (;;) {
          const before = await findChangeable(effects, context);
          // The draft leaves out what is to be gone.
          const { complaints: _, ...rest } = before;
          const after = { ...rest, ...draft };
          // First, as whoever saw an older state knows nothing of what they would lose.
          refuseStale(context.req.header('if-match'), before, after);
          refuseLosses(before, draft);
          await refuseLowered(effects, before, draft);
          const channels = await newChannels(effects, after, await storage.listChannels(before.id));
          const change = await storage.updateAssessment(before, after, channels);
          if (change === 'done') return context.json(after);
          if (change === 'organization-exists') throw new ProblemError(change, 'organization');
          if (change === 'year-taken') throw new ProblemError(change, 'fiscalYear');
        }
      },
    },
  ];
}
