import type { Instrument } from '#core/instruments/instrument.ts';
import { channelCodeSchema } from '#core/contract/channel-code-schema.ts';
import {
  displayListSchema,
  displayOpeningSchema,
  type DisplayStanding,
  displayStandingSchema,
  madeDisplaySchema,
  openedDisplaySchema,
} from '#core/contract/display.ts';
import { findChannel } from '../assessments/find-channel.ts';
import { sha256 } from '../sha256.ts';
import type { AppContext, AppEffects } from './effects.ts';
import { findAssessment, findChangeable } from './find-assessment.ts';
import { ProblemError } from './problem-error.ts';
import { readJson } from './read-json.ts';
import type { Route } from './route.ts';

/** How long the link of a display works, if nobody opens it. */
const LINK_LIFETIME_MS = 24 * 60 * 60_000;

/** Only where visitors answer: staff would be watched at the counter. */
const mayHaveDisplay = (instrument: Instrument | undefined) => instrument?.tool === 'EIT';

/** The displays on counters: an office makes and ends them, a screen opens one by its link. */
export function displayRoutes(effects: AppEffects): Route[] {
  const { storage, instruments, publicUrl, randomness, now } = effects;

  /** The channel that the path names, of the assessment that it names. */
  async function findOwnChannel(context: AppContext): Promise<string> {
    const assessment = await findChangeable(effects, context);
    const code = channelCodeSchema.safeParse(context.req.param('code'));
    const [channel] = code.success ? await storage.findChannels([code.data]) : [];
    if (
      channel?.assessment !== assessment.id ||
      !mayHaveDisplay(instruments.get(channel.instrument))
    )
      throw new ProblemError('not-found');
    return channel.code;
  }

  async function standingOf(code: string): Promise<DisplayStanding> {
    const channel = await findChannel(effects, code);
    if (!channel) throw new ProblemError('display-ended');
    const { organization, departments, department, state } = channel;
    return {
      channel: code,
      url: `${publicUrl}/s/${code}`,
      organization,
      department: departments.find(({ number }) => number === department)?.name ?? null,
      state,
    };
  }

  return [
    {
      method: 'GET',
      path: '/api/v1/assessments/:id/displays',
      summary: 'Which channels have a display, and whether its link was opened',
      access: 'look',
      replies: { 200: displayListSchema },
      problems: ['not-found', 'storage-unavailable'],
      async handle(context) {
        const { id } = await findAssessment(effects, context);
        const channels = await storage.listChannels(id);
        const displays = await storage.listDisplays(channels.map(({ code }) => code));
        return context.json({
          displays: displays.map(({ channel, isOpen }) => ({
            channel,
            state: isOpen ? 'open' : 'offered',
          })),
        });
      },
    },
    {
      method: 'POST',
      path: '/api/v1/assessments/:id/channels/:code/display',
      summary: 'Makes the link of a new display; the one before shows no valid codes any more',
      access: 'edit',
      audit: 'display-made',
      replies: { 201: madeDisplaySchema },
      problems: ['not-found', 'assessment-archived', 'storage-unavailable'],
      async handle(context) {
        const channel = await findOwnChannel(context);
        const token = randomness.token();
        const expiresAt = new Date(now() + LINK_LIFETIME_MS).toISOString();
        await storage.offerDisplay({
          channel,
          id: randomness.uuid(),
          secret: randomness.secret(),
          hash: sha256(token),
          expiresAt,
        });
        return context.json({ link: `${publicUrl}/display#${token}`, expiresAt }, 201);
      },
    },
    {
      method: 'DELETE',
      path: '/api/v1/assessments/:id/channels/:code/display',
      summary: 'Ends the display of a channel',
      access: 'edit',
      audit: 'display-ended',
      replies: { 204: null },
      problems: ['not-found', 'assessment-archived', 'storage-unavailable'],
      async handle(context) {
        const channel = await findOwnChannel(context);
        if (!(await storage.endDisplay(channel))) throw new ProblemError('not-found');
        return context.body(null, 204);
      },
    },
    {
      method: 'POST',
      path: '/api/v1/displays',
      summary: 'Opens a display by the token of its link, which works once',
      access: 'public',
      body: displayOpeningSchema,
      replies: { 201: openedDisplaySchema },
      problems: ['invalid-request', 'display-ended', 'storage-unavailable'],
      async handle(context) {
        const { token } = await readJson(context.req.raw, displayOpeningSchema);
        const display = await storage.openDisplay(sha256(token), now());
        if (!display) throw new ProblemError('display-ended');
        const { id, secret, channel } = display;
        return context.json({ id, secret, standing: await standingOf(channel) }, 201);
      },
    },
    {
      method: 'GET',
      path: '/api/v1/displays/:display',
      summary: 'What stands on a display beside its code; its Date sets the display’s clock right',
      access: 'public',
      replies: { 200: displayStandingSchema },
      problems: ['display-ended', 'storage-unavailable'],
      async handle(context) {
        const display = await storage.findDisplay(context.req.param('display') ?? '');
        if (!display) throw new ProblemError('display-ended');
        return context.json(await standingOf(display.channel));
      },
    },
  ];
}
