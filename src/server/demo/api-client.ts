import type * as z from 'zod/mini';
import { type ProblemCode, problemSchema } from '#core/contract/problem.ts';
import { PROTOCOL, PROTOCOL_HEADER } from '#core/contract/protocol.ts';
import { DemoProblem } from './demo-problem.ts';

/** A person's program that speaks to a server over HTTP, and keeps the cookies that it is given. */
export interface ApiClient {
  /** @throws DemoProblem where the server does not answer, says no or says something else than the schema */
  get<Schema extends z.ZodMiniType>(path: string, schema: Schema): Promise<z.infer<Schema>>;
  /** @throws DemoProblem like get */
  post<Schema extends z.ZodMiniType>(
    path: string,
    body: unknown,
    schema: Schema,
  ): Promise<z.infer<Schema>>;
  /** @throws DemoProblem like get */
  put<Schema extends z.ZodMiniType>(
    path: string,
    body: unknown,
    schema: Schema,
  ): Promise<z.infer<Schema>>;
}

/** What to do about the refusals that are likeliest. */
const MENDS: Partial<Record<ProblemCode, string>> = {
  'sign-in-failed': 'check the account’s name and password',
  'too-many-attempts': 'wait a quarter of an hour',
  'storage-unavailable': 'see to the server’s disk or database',
};

async function refusalOf(reply: Response): Promise<string> {
  const problem = problemSchema.safeParse(await reply.json().catch(() => null));
  if (!problem.success) return `status ${reply.status}`;
  const { code, title, detail } = problem.data;
  const why = detail === undefined ? title : `${title} (${detail})`;
  return `${why}; ${MENDS[code] ?? 'see the server’s log'}`;
}

export function createApiClient(url: string): ApiClient {
  const cookies = new Map<string, string>();

  async function send<Schema extends z.ZodMiniType>(
    path: string,
    request: { method: string; body?: string },
    schema: Schema,
  ): Promise<z.infer<Schema>> {
    const reply = await fetch(`${url}${path}`, {
      ...request,
      headers: {
        'content-type': 'application/json',
        origin: url,
        [PROTOCOL_HEADER]: String(PROTOCOL),
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      },
    }).catch((error: unknown) => {
      throw new DemoProblem(`${url} does not answer: check the address and that it runs.`, error);
    });
    for (const cookie of reply.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      const border = pair.indexOf('=');
      cookies.set(pair.slice(0, border), pair.slice(border + 1));
    }
    if (!reply.ok)
      throw new DemoProblem(
        `${url} refused ${request.method} ${path}: ${await refusalOf(reply)}, and run the demo again: nothing is doubled.`,
      );
    const answer = schema.safeParse(await reply.json().catch(() => null));
    if (!answer.success)
      throw new DemoProblem(
        `${url} answered ${path} in a way the demo does not know: is it Sucharit, and of this version?`,
        answer.error,
      );
    return answer.data;
  }

  return {
    get: (path, schema) => send(path, { method: 'GET' }, schema),
    post: (path, body, schema) =>
      send(path, { method: 'POST', body: JSON.stringify(body) }, schema),
    put: (path, body, schema) => send(path, { method: 'PUT', body: JSON.stringify(body) }, schema),
  };
}
