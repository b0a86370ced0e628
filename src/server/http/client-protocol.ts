import { PROTOCOL_HEADER } from '#core/contract/protocol.ts';
import { ProblemError } from './problem-error.ts';

/** What a build says that does not say how it talks: the first one did not. */
const UNTOLD = 1;

/** How the build talks that sends a request. */
export function protocolOf(request: Request): number {
  const told = request.headers.get(PROTOCOL_HEADER) ?? '';
  return /^[1-9]\d{0,8}$/.test(told) ? Number(told) : UNTOLD;
}

/**
 * Refuses a build that is too old to talk to this server, before anything of the request is read. It keeps what it has and
 * comes again when it is updated. Which protocol an envelope has is another matter: every older one is taken for ever.
 *
 * @throws ProblemError outdated-client
 */
export function demandCurrentClient(request: Request, minimum: number): void {
  if (protocolOf(request) < minimum) throw new ProblemError('outdated-client');
}

/** How a route that devices talk to describes the header field. */
export const PROTOCOL_HEADER_FIELD: Readonly<Record<string, string>> = {
  [PROTOCOL_HEADER]: 'The protocol of the build that sends, a whole number. Without it: 1.',
};
