import type * as z from 'zod/mini';
import type { ProblemCode } from '#core/contract/problem.ts';
import type { AppContext } from './effects.ts';

/**
 * One route of the API as data: what guards it, what it takes and what it answers. createApp registers it from this, and
 * the OpenAPI document is written from the same, so that neither can drift from the other.
 */
export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** As Hono writes it: /api/v1/channels/:code */
  path: string;
  summary: string;
  access: 'public' | 'signed-in';
  /** Who may send a request that changes something: our own pages only, or any sender (devices). Default: own pages. */
  senders?: 'own-pages' | 'any';
  /** Query parameters by name, with their meaning. */
  query?: Readonly<Record<string, string>>;
  /** Header fields by name that a sender may give, with their meaning. */
  headers?: Readonly<Record<string, string>>;
  body?: z.ZodMiniType;
  /** Body schema by status; null = an answer without a body. */
  replies: Readonly<Record<number, z.ZodMiniType | null>>;
  /** What it can refuse with, besides what every route can. */
  problems: readonly ProblemCode[];
  handle: (context: AppContext) => Response | Promise<Response>;
}
