import { ProblemError } from './problem-error.ts';

/**
 * Refuses a change that another site's page asked a browser to make. Browsers tell where a request comes from:
 * Sec-Fetch-Site in all current ones, Origin in the older. A program that is no browser sends `Origin` itself.
 *
 * @throws ProblemError cross-site
 */
export function demandSameOrigin(request: Request, publicUrl: string): void {
  const site = request.headers.get('sec-fetch-site');
  if (site === 'same-origin') return;
  const origin = request.headers.get('origin');
  const host = request.headers.get('host') ?? new URL(request.url).host;
  const isOwn =
    origin !== null &&
    (origin === new URL(publicUrl).origin ||
      (URL.canParse(origin) && new URL(origin).host === host));
  if (site !== null || !isOwn) throw new ProblemError('cross-site');
}

/**
 * Refuses what a browser says was sent by another site's page, on routes that take changes from any sender: nobody's
 * visitors are made to answer in the place of others. Devices do not say where they are from, or are our own pages.
 *
 * @throws ProblemError cross-site
 */
export function refuseForeignPage(request: Request): void {
  if (/^(cross|same)-site$/.test(request.headers.get('sec-fetch-site') ?? ''))
    throw new ProblemError('cross-site');
}
