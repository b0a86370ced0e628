import type { Assessment } from '#core/contract/assessment.ts';
import { deliveriesSchema, deliveryChangeSchema } from '#core/contract/deliveries.ts';
import { deviceReportSchema } from '#core/contract/device-report.ts';
import { deliveriesOf } from '../counting/deliveries.ts';
import type { Results } from '../counting/results.ts';
import { MOST_DEVICES_PER_CHANNEL } from '../receiving/receive-device-reports.ts';
import type { AppEffects } from './effects.ts';
import { findAssessment } from './find-assessment.ts';
import { ProblemError } from './problem-error.ts';
import { readJson } from './read-json.ts';
import type { Route } from './route.ts';

/** What the devices of an assessment say they finished, against what arrived. */
export function deliveryRoutes(effects: AppEffects, results: Results): Route[] {
  const { storage, readiness, now } = effects;

  async function codesOf(assessment: string): Promise<string[]> {
    return (await storage.listChannels(assessment)).map(({ code }) => code);
  }

  async function countReceived(assessment: Assessment, codes: readonly string[]): Promise<number> {
    const [stored, { quarantined, conflicts, uncounted }] = await Promise.all([
      results.people(assessment),
      storage.countSetAside(codes),
    ]);
    return stored + quarantined + conflicts + uncounted;
  }

  return [
    {
      method: 'GET',
      path: '/api/v1/assessments/:id/deliveries',
      summary:
        'What the devices finished against what was received, and on which of them something waits',
      access: 'look',
      replies: { 200: deliveriesSchema },
      problems: ['not-found', 'counting-underway', 'storage-unavailable'],
      async handle(context) {
        const assessment = await findAssessment(effects, context);
        const codes = await codesOf(assessment.id);
        const [sums, troubled, received, crowdedChannels, { disk }] = await Promise.all([
          storage.sumDeviceReports(codes),
          storage.listTroubledDevices(codes),
          countReceived(assessment, codes),
          storage.countCrowded(codes, MOST_DEVICES_PER_CHANNEL),
          readiness(),
        ]);
        return context.json({
          ...deliveriesOf({ sums, troubled, received }, now()),
          crowdedChannels,
          isServerNearlyFull: disk === 'little',
        });
      },
    },
    {
      method: 'PATCH',
      path: '/api/v1/assessments/:id/deliveries/:device',
      summary:
        'Gives up a device that is gone, or takes that back; its next report takes it back too',
      access: 'edit',
      audit: 'device-written-off',
      body: deliveryChangeSchema,
      replies: { 204: null },
      problems: ['invalid-request', 'not-found', 'storage-unavailable'],
      async handle(context) {
        const { isWrittenOff } = await readJson(context.req.raw, deliveryChangeSchema);
        const assessment = await findAssessment(effects, context);
        const codes = await codesOf(assessment.id);
        const device = deviceReportSchema.shape.id.safeParse(context.req.param('device'));
        if (!device.success || !(await storage.writeOffDevice(codes, device.data, isWrittenOff)))
          throw new ProblemError('not-found');
        return context.body(null, 204);
      },
    },
  ];
}
