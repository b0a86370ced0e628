import {
  importOutcomeSchema,
  importUndoSchema,
  organizationImportSchema,
} from '#core/contract/organization-import.ts';
import type { AppContext, AppEffects } from './effects.ts';
import { findOrganization } from './find-organization.ts';
import { ProblemError } from './problem-error.ts';
import { readJson } from './read-json.ts';
import type { Route } from './route.ts';

/** 2,000 lines with names in two languages; what takes them back has each of them twice. */
const MAX_IMPORT_BYTES = 4 * 1024 * 1024;
/** Of a name in an entry of the log. */
const MAX_DETAIL = 100;

function tell(context: AppContext, organization: string, count: number): void {
  const details = { organization: organization.slice(0, MAX_DETAIL), count: String(count) };
  context.set('audited', { details });
}

/** Districts with their departments and targets from a file, and the way back. */
export function organizationImportRoutes(effects: AppEffects): Route[] {
  const { storage, randomness, now } = effects;

  return [
    {
      method: 'POST',
      path: '/api/v1/organizations/:id/imports',
      summary:
        'Adds and changes districts below an organization and departments below them, all or none; the same rows once more change nothing',
      access: 'own',
      audit: 'organizations-imported',
      body: organizationImportSchema,
      replies: { 200: importOutcomeSchema },
      problems: ['invalid-request', 'organization-exists', 'not-found', 'storage-unavailable'],
      async handle(context) {
        const { rows } = await readJson(
          context.req.raw,
          organizationImportSchema,
          MAX_IMPORT_BYTES,
        );
        const { id, name } = await findOrganization(effects, context);
        const plan = await storage.importOrganizations(id, rows, randomness.uuid);
        if (!plan) throw new ProblemError('not-found');
        const { added, changed, unchanged, clashes } = plan;
        if (clashes.length > 0) throw new ProblemError('organization-exists');
        tell(context, name.th, added.length + changed.length);
        return context.json({ unchanged, undo: { added, changed } });
      },
    },
    {
      method: 'POST',
      path: '/api/v1/organizations/:id/imports/undo',
      summary:
        'Takes an import back, all of it or nothing: where nobody changed or used what it made since',
      access: 'own',
      audit: 'organization-import-undone',
      body: importUndoSchema,
      replies: { 204: null },
      problems: [
        'invalid-request',
        'not-found',
        'organization-in-use',
        'changed-meanwhile',
        'storage-unavailable',
      ],
      async handle(context) {
        const undo = await readJson(context.req.raw, importUndoSchema, MAX_IMPORT_BYTES);
        const { id, name } = await findOrganization(effects, context);
        const change = await storage.takeImportBack(id, undo, new Date(now()).toISOString());
        if (change === 'organization-below-itself') throw new Error('an undo moves nothing');
        if (change !== 'done') throw new ProblemError(change);
        tell(context, name.th, undo.added.length + undo.changed.length);
        return context.body(null, 204);
      },
    },
  ];
}
