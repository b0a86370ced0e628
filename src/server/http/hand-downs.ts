import type { Assessment } from '#core/contract/assessment.ts';
import {
  handDownListSchema,
  handDownSchema,
  type HandedDown,
  handedDownSchema,
} from '#core/contract/hand-down.ts';
import type { Organization } from '#core/contract/organization.ts';
import { dayInBangkok } from '#core/life/day.ts';
import {
  agreeing,
  beginningOf,
  type Office,
  officesBelow,
  ofYear,
  standingOf,
  type Tools,
} from '#core/organizations/hand-down.ts';
import { newChannels } from '../assessments/new-channels.ts';
import { newSealSecret } from '../sealing/seal-keys.ts';
import type { AppEffects } from './effects.ts';
import { findAssessment } from './find-assessment.ts';
import { ProblemError } from './problem-error.ts';
import { readJson } from './read-json.ts';
import { refuseLowered } from './refuse-lowered.ts';
import type { Route } from './route.ts';

/** Of a name in an entry of the log. */
const MAX_DETAIL = 100;
const MOST_DEPARTMENTS = 200;

/** The set-up of an assessment handed down to the offices below: each gets an assessment of its own. */
export function handDownRoutes(effects: AppEffects): Route[] {
  const { storage, randomness, instruments, now } = effects;
  const tools: Tools = new Map([...instruments].map(([id, { tool }]) => [id, tool]));
  const today = () => dayInBangkok(now());

  /** The offices below that of the set-up, which the sender's branch reaches as it reaches the set-up. */
  async function officesOf(setUp: Assessment): Promise<Office[]> {
    const tree = await storage.listOrganizations();
    const places = await storage.listPlaces();
    const byPlace = Map.groupBy(
      (await storage.listAssessments()).filter(({ deletedOn }) => deletedOn === null),
      ({ id }) => places.get(id) ?? '',
    );
    const officeOf = (organization: Organization): Office => ({
      organization,
      below: tree.filter(({ parent }) => parent === organization.id),
      assessments: byPlace.get(organization.id) ?? [],
    });
    return officesBelow(tree, places.get(setUp.id) ?? '').map(officeOf);
  }

  async function make(setUp: Assessment, office: Office): Promise<HandedDown | 'taken'> {
    const made = beginningOf(setUp, office, { id: randomness.uuid(), tools });
    if (made.departments.length > MOST_DEPARTMENTS)
      throw new ProblemError('too-many-departments', 'departments');
    const channels = await newChannels(effects, made, []);
    const outcome = await storage.createAssessment(made, channels, {
      organization: office.organization.id,
      sealSecret: newSealSecret(randomness),
      isFirstOfYear: true,
    });
    return outcome === 'done' ? { assessment: made.id, did: 'made' } : 'taken';
  }

  async function change(
    setUp: Assessment,
    office: Office,
    before: Assessment,
  ): Promise<HandedDown | 'taken'> {
    const after = agreeing(before, setUp, office, tools);
    if (after.departments.length > MOST_DEPARTMENTS)
      throw new ProblemError('too-many-departments', 'departments');
    await refuseLowered(effects, before, after);
    const channels = await newChannels(effects, after, await storage.listChannels(before.id));
    const outcome = await storage.updateAssessment(before, after, channels);
    return outcome === 'done' ? { assessment: before.id, did: 'changed' } : 'taken';
  }

  async function handDown(
    setUp: Assessment,
    wanted: string,
    changesDraft: boolean,
  ): Promise<HandedDown & { name: string }> {
    // Again from the start where somebody else was quicker.
    for (;;) {
      const offices = await officesOf(setUp);
      const office = offices.find(({ organization }) => organization.id === wanted);
      if (!office) throw new ProblemError('invalid-request', 'organization');
      const name = office.organization.name.th.slice(0, MAX_DETAIL);
      const standing = standingOf(setUp, office, { tools, today: today() });
      const existing = ofYear(setUp, office);
      if (existing && standing === 'same') return { assessment: existing.id, did: 'nothing', name };
      if (existing && (standing === 'begun' || !changesDraft))
        throw new ProblemError('year-taken', 'organization');
      const done = await (existing ? change(setUp, office, existing) : make(setUp, office));
      if (done !== 'taken') return { ...done, name };
    }
  }

  return [
    {
      method: 'GET',
      path: '/api/v1/assessments/:id/hand-downs',
      summary: 'The offices below that of an assessment, and what each has of its year',
      access: 'edit',
      replies: { 200: handDownListSchema },
      problems: ['not-found', 'storage-unavailable'],
      async handle(context) {
        const setUp = await findAssessment(effects, context);
        const offices = await officesOf(setUp);
        return context.json({
          offices: offices.map((office) => ({
            organization: office.organization.id,
            name: office.organization.name,
            standing: standingOf(setUp, office, { tools, today: today() }),
            departments: (
              ofYear(setUp, office) ?? beginningOf(setUp, office, { id: setUp.id, tools })
            ).departments.filter(({ retired }) => !retired).length,
          })),
        });
      },
    },
    {
      method: 'POST',
      path: '/api/v1/assessments/:id/hand-downs',
      summary:
        'Gives an office below that of an assessment one of its own with the same set-up; what has begun there is never changed',
      access: 'edit',
      audit: 'assessment-handed-down',
      body: handDownSchema,
      replies: { 200: handedDownSchema },
      problems: [
        'invalid-request',
        'year-taken',
        'too-many-departments',
        'threshold-told',
        'not-found',
        'storage-unavailable',
      ],
      async handle(context) {
        const { organization, changesDraft = false } = await readJson(
          context.req.raw,
          handDownSchema,
        );
        const setUp = await findAssessment(effects, context);
        const { name, ...done } = await handDown(setUp, organization, changesDraft);
        // The entry is the office's: whoever sees that branch alone reads who made its assessment.
        // Who was second, of two who handed it down at once, did nothing.
        const isNothing = done.did === 'nothing';
        const details = {
          organization: name,
          year: String(setUp.fiscalYear),
          ...(isNothing && { count: '0' }),
        };
        context.set('audited', { assessment: done.assessment, details });
        return context.json(done);
      },
    },
  ];
}
