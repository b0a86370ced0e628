import type * as z from 'zod/mini';
import type { AuditAction } from '#core/contract/audit.ts';
import type { ProblemCode } from '#core/contract/problem.ts';
import type { Access } from '#core/contract/role.ts';
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
  /** Who may ask: anybody, or the roles that core/contract/role.ts lists. */
  access: 'public' | Access;
  /**
   * What the log tells after a 2xx; of a GET only when it gave a file (content-disposition: attachment). Every route that
   * changes or exports something for somebody signed in has one; a test looks. A handler adds to the entry with
   * `context.set('audited', {assessment, details})`; the assessment of a path /assessments/:id is known.
   */
  audit?: AuditAction;
  /** Who may send a request that changes something: our own pages only, or any sender (devices). Default: own pages. */
  senders?: 'own-pages' | 'any';
  /** Query parameters by name, with their meaning. */
  query?: Readonly<Record<string, string>>;
  /** Those that may be left out. */
  optionalQuery?: Readonly<Record<string, string>>;
  /** Header fields by name that a sender may give, with their meaning. */
  headers?: Readonly<Record<string, string>>;
  body?: z.ZodMiniType;
  /** Schema of the JSON by status; null = an answer without any. */
  replies: Readonly<Record<number, z.ZodMiniType | null>>;
  /** Media types that a 200 may have besides. */
  mediaTypes?: readonly string[];
  /** What it can refuse with, besides what every route can. */
  problems: readonly ProblemCode[];
  handle: (context: AppContext) => Response | Promise<Response>;
}
