import type { Hono } from 'hono';
import { isChannelCode, normalizeChannelCode } from '#core/contract/channel-code.ts';
import type { PageData } from '#core/contract/page-data.ts';
import { findChannel } from '../assessments/find-channel.ts';
import { languageFor } from '../pages/accept-language.ts';
import { encodingFor } from '../pages/encoding.ts';
import type { PageText } from '../pages/page-text.ts';
import type { AppContext, AppEffects, AppEnv } from './effects.ts';
import { registerPlainForm } from './plain-form.ts';
import type { Reception } from '../receiving/reception.ts';
import type { GuessLimit } from './guess-limit.ts';
import { notFoundResponse } from './problem-response.ts';

/** Whoever has it already is told so, and nothing is sent again. */
async function htmlResponse(
  context: AppContext,
  page: PageText,
  status: 200 | 404 | 429,
): Promise<Response> {
  const encoding = encodingFor(context.req.header('accept-encoding'));
  const headers = new Headers({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-cache',
    vary: 'Accept-Language, Accept-Encoding',
  });
  if (status === 200) {
    headers.set('etag', page.etag);
    if (context.req.header('if-none-match') === page.etag)
      return new Response(null, { status: 304, headers });
  }
  if (encoding === null) return new Response(page.html, { status, headers });
  headers.set('content-encoding', encoding);
  return new Response(await page.compressed(encoding), { status, headers });
}

/** The pages a person opens: the survey with and without a channel, the waiting page, the admin app, a counter's tablet and its display. */
export function registerPages(
  app: Hono<AppEnv>,
  effects: AppEffects,
  countWrongGuess: GuessLimit,
  reception: Reception,
): void {
  const { pages } = effects;

  function survey(
    context: AppContext,
    channel: PageData['channel'],
    status: 200 | 404 | 429 = 200,
  ) {
    const language = languageFor(context.req.header('accept-language'));
    return htmlResponse(context, pages.survey(language, channel), status);
  }

  const surveyOfChannel = async (context: AppContext) => {
    const code = normalizeChannelCode(context.req.param('code') ?? '');
    if (!isChannelCode(code))
      return survey(context, { state: 'problem', code, problem: 'channel-mistyped' }, 404);
    const channel = await findChannel(effects, code);
    if (channel) return survey(context, { state: 'found', channel });
    if ((await countWrongGuess(context)) > 0)
      return survey(context, { state: 'problem', code, problem: 'too-many-requests' }, 429);
    return survey(context, { state: 'problem', code, problem: 'channel-unknown' }, 404);
  };

  const admin = (context: AppContext) => htmlResponse(context, pages.admin(), 200);

  app.get('/display', (context) => htmlResponse(context, pages.display(), 200));
  app.get('/', (context) => survey(context, { state: 'none' }));
  app.get('/waiting', (context) => survey(context, { state: 'none' }));
  app.get('/s/:code', surveyOfChannel);
  registerPlainForm(app, effects, reception, surveyOfChannel);
  // For posters and notes: the page itself is a file of the build, one for each language.
  app.get('/privacy', (context) => {
    context.header('cache-control', 'no-cache');
    context.header('vary', 'Accept-Language');
    return context.redirect(`/privacy/${languageFor(context.req.header('accept-language'))}.html`);
  });
  app.get('/kiosk', (context) => htmlResponse(context, pages.kiosk(), 200));
  app.get('/admin', admin);
  app.get('/admin/*', admin);
  // A person who typed an address that is nobody's is asked for the code; a program is told in JSON.
  app.notFound((context) => {
    const isPage = !context.req.path.startsWith('/api/');
    const wantsPage = context.req.header('accept')?.includes('text/html') ?? false;
    return isPage && wantsPage ? survey(context, { state: 'none' }, 404) : notFoundResponse();
  });
}
