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
