import type { Hono } from 'hono';
import type { Admission } from '#core/contract/admission.ts';
import type { BatchResult } from '#core/contract/batch.ts';
import type { Channel } from '#core/contract/channel.ts';
import { isChannelCode, normalizeChannelCode } from '#core/contract/channel-code.ts';
import type { Envelope } from '#core/contract/envelope.ts';
import type { Language } from '#core/contract/language.ts';
import { languageSchema } from '#core/contract/language-schema.ts';
import type { PlainCodeTrouble, PlainTrouble } from '#core/contract/plain-form.ts';
import { isStaffCode } from '#core/contract/staff-code.ts';
import { draftFromForm } from '#core/flow/from-form.ts';
import { findChannel } from '../assessments/find-channel.ts';
import { dayInBangkok } from '../day.ts';
import { languageFor } from '../pages/accept-language.ts';
import { envelopeOfForm } from '../receiving/envelope-of-form.ts';
import { readEnvelope } from '../receiving/read-envelope.ts';
import type { Reception } from '../receiving/reception.ts';
import type { AppContext, AppEffects, AppEnv } from './effects.ts';
import { ProblemError } from './problem-error.ts';
import { problemErrorOf } from './problem-response.ts';
import { type FilledForm, readForm } from './read-form.ts';
import { refuseForeignPage } from './same-origin.ts';

/** So many channels are remembered, those that were asked for last. */
const MOST_REMEMBERED = 200;

export const PLAIN_FORM_PATH = '/s/:code/form';

/** What became of a form that was whole. `seconds`: after which it may be taken. */
type Outcome = BatchResult | { result: 'not-taken'; status: number; seconds: number | null };

function languageOf(context: AppContext): Language {
  const chosen = languageSchema.safeParse(context.req.query('lang'));
  return chosen.success ? chosen.data : languageFor(context.req.header('accept-language'));
}

/** What is typed as a code of one's own; null where the channel asks for none. */
function admissionOf(channel: Channel, typed: string): Admission | null {
  if (channel.admission !== 'code') return null;
  return { by: 'code', code: normalizeChannelCode(typed) };
}

/** What can be told of a code without spending it; null where nothing is wrong with it. */
function codeTrouble(admission: Admission | null): PlainCodeTrouble | null {
  if (admission?.by !== 'code' || isStaffCode(admission.code)) return null;
  return admission.code === '' ? 'empty' : 'mistyped';
}

/** With the answers in it, or an id that is good once: never kept by a browser. */
function pageResponse(html: string, status: number, seconds: number | null = null): Response {
  const headers = new Headers({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
  });
  if (seconds !== null) headers.set('retry-after', String(seconds));
  return new Response(html, { status, headers });
}

/**
 * The questionnaire for browsers that run no scripts: one page with every question, which is sent when the person presses Send
 * and is judged as any envelope. `showChannel` answers where there is nothing to fill in: no such channel, or a closed one.
 */
export function registerPlainForm(
  app: Hono<AppEnv>,
  effects: AppEffects,
  { receiveBatch, floodGate }: Reception,
  showChannel: (context: AppContext) => Promise<Response>,
): void {
  const { pages, randomness, now, log } = effects;

  const remembered = new Map<string, Channel>();

  function remember(channel: Channel): void {
    remembered.delete(channel.code);
    remembered.set(channel.code, channel);
    const [oldest] = remembered.keys();
    if (remembered.size > MOST_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
  }

  /** As it was, while storage is away: a form that comes then goes back with its answers, and what was taken is thanked for. */
  async function channelIn(context: AppContext): Promise<Channel | null> {
    const code = normalizeChannelCode(context.req.param('code') ?? '');
    if (!isChannelCode(code)) return null;
    try {
      const channel = await findChannel(effects, code);
      if (channel) remember(channel);
      return channel;
    } catch (error) {
      const problem = problemErrorOf(error, log);
      const channel = remembered.get(code);
      if (!channel) throw problem;
      return channel;
    }
  }

  async function take(envelope: Envelope): Promise<Outcome> {
    try {
      // Nobody can do the work without a script: whoever waits a little is taken as soon as there is room.
      const admitted = await floodGate.pass([readEnvelope(envelope)], undefined, receiveBatch);
      if (admitted.state === 'wanted')
        return { result: 'not-taken', status: 429, seconds: admitted.wanted.seconds };
      const [result] = admitted.results;
      if (!result) throw new Error('an envelope without a result');
      return result;
    } catch (error) {
      const { problem, retryAfterSeconds } = problemErrorOf(error, log);
      return { result: 'not-taken', status: problem.status, seconds: retryAfterSeconds };
    }
  }

  function showAgain(
    channel: Channel,
    { id, lang, code, chosen }: FilledForm,
    trouble: PlainTrouble | null,
    status = 422,
    seconds: number | null = null,
  ): Response {
    const html = pages.plainForm({ language: lang, channel, id, chosen, code, trouble });
    return pageResponse(html, status, seconds);
  }

  async function send(context: AppContext): Promise<Response> {
    refuseForeignPage(context.req.raw);
    const form = await readForm(context.req.raw);
    const channel = await channelIn(context);
    if (!channel) return showChannel(context);
    const { draft, missing, foreign } = draftFromForm(channel, form.chosen);
    if (foreign.length > 0) throw new ProblemError('invalid-request', 'body');
    if (form.switch) return showAgain(channel, { ...form, lang: form.switch }, null, 200);
    const admission = admissionOf(channel, form.code);
    const code = codeTrouble(admission);
    // In one go: whoever mends one thing is not sent back for the other.
    if (code !== null || missing.length > 0)
      return showAgain(channel, form, { kind: 'incomplete', code, missing });

    const { id, lang: language } = form;
    const day = dayInBangkok(now());
    const outcome = await take(envelopeOfForm({ id, channel, draft, language, day, admission }));
    switch (outcome.result) {
      case 'not-taken':
        return showAgain(channel, form, { kind: 'not-taken' }, outcome.status, outcome.seconds);
      case 'refused':
        // Only what this page never offers.
        throw new ProblemError('invalid-request', 'body');
      case 'uncounted': {
        // What was kept apart stays apart: the next try is another envelope.
        const spentOrNot = outcome.problem.code === 'code-spent' ? 'code-spent' : 'code-unknown';
        const next = { ...form, id: randomness.uuid() };
        return showAgain(channel, next, { kind: 'incomplete', code: spentOrNot, missing });
      }
      case 'accepted':
      case 'duplicate':
      case 'quarantined':
      case 'conflict': {
        const before = outcome.result === 'conflict' ? '&before' : '';
        return context.redirect(`/s/${channel.code}/form/thanks?lang=${language}${before}`, 303);
      }
      default:
        return outcome satisfies never;
    }
  }

  app.get(PLAIN_FORM_PATH, async (context) => {
    const channel = await channelIn(context);
    if (!channel || channel.state === 'closed') return showChannel(context);
    const language = languageOf(context);
    const begun = { id: randomness.uuid(), chosen: {}, code: '', trouble: null };
    return pageResponse(pages.plainForm({ language, channel, ...begun }), 200);
  });
  app.post(PLAIN_FORM_PATH, (context) => send(context));
  app.get(`${PLAIN_FORM_PATH}/thanks`, async (context) => {
    const channel = await channelIn(context);
    if (!channel) return showChannel(context);
    const wasSentBefore = context.req.query('before') !== undefined;
    return pageResponse(
      pages.plainThanks({ language: languageOf(context), channel, wasSentBefore }),
      200,
    );
  });
}
