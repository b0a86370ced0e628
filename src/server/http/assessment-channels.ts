import {
  type ChannelChange,
  channelChangeSchema,
  channelListSchema,
  channelSummarySchema,
} from '#core/contract/assessment.ts';
import type { AuditDetails } from '#core/contract/audit.ts';
import { channelCodeSchema } from '#core/contract/channel-code-schema.ts';
import { channelForAdmin } from '../assessments/channel-view.ts';
import type { AppEffects } from './effects.ts';
import { findAssessment, findChangeable } from './find-assessment.ts';
import { ProblemError } from './problem-error.ts';
import { readJson } from './read-json.ts';
import type { Route } from './route.ts';

/** What the log tells of a change of a channel. */
const detailsOf = (channel: string, { state, service }: ChannelChange): AuditDetails => ({
  channel,
  ...(state && { state }),
  ...(service !== undefined && { service: String(service ?? '-') }),
});

export function assessmentChannelRoutes(effects: AppEffects): Route[] {
  const { storage, instruments, publicUrl } = effects;

  /** Only an instrument that asks for the kind of service can have it answered by the channel. */
  function refuseForeignService(instrumentId: string, service: number | null): void {
    if (service === null) return;
    const field = instruments
      .get(instrumentId)
      ?.fields.find(({ fromChannel }) => fromChannel === 'service');
    if (typeof field?.options !== 'number' || service > field.options)
      throw new ProblemError('invalid-request', 'service');
  }

  return [
    {
      method: 'GET',
      path: '/api/v1/assessments/:id/channels',
      summary: 'The channels of an assessment, the whole office first',
      access: 'look',
      replies: { 200: channelListSchema },
      problems: ['not-found', 'storage-unavailable'],
      async handle(context) {
        const assessment = await findAssessment(effects, context);
        const channels = await storage.listChannels(assessment.id);
        return context.json({
          channels: channels.map((channel) => channelForAdmin(channel, assessment, publicUrl)),
        });
      },
    },
    {
      method: 'PATCH',
      path: '/api/v1/assessments/:id/channels/:code',
      summary: 'Opens or closes a channel, or fixes its kind of service',
      access: 'edit',
      audit: 'channel-changed',
      body: channelChangeSchema,
      replies: { 200: channelSummarySchema },
      problems: ['invalid-request', 'not-found', 'assessment-archived', 'storage-unavailable'],
      async handle(context) {
        const change = await readJson(context.req.raw, channelChangeSchema);
        const assessment = await findChangeable(effects, context);
        const code = channelCodeSchema.safeParse(context.req.param('code'));
        const [channel] = code.success ? await storage.findChannels([code.data]) : [];
        if (channel?.assessment !== assessment.id) throw new ProblemError('not-found');
        refuseForeignService(channel.instrument, change.service ?? null);
        const changed = await storage.changeChannel(channel.code, change);
        context.set('audited', { details: detailsOf(channel.code, change) });
        return context.json(channelForAdmin(changed ?? channel, assessment, publicUrl));
      },
    },
  ];
}
