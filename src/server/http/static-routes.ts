import type { Hono } from 'hono';
import { encodingFor } from '../pages/encoding.ts';
import type { StaticFile } from '../pages/static-files.ts';
import type { AppContext, AppEnv } from './effects.ts';

const ONE_YEAR = 'public, max-age=31536000, immutable';

function fileResponse(context: AppContext, file: StaticFile): Response {
  const headers = new Headers({
    'content-type': file.contentType,
    'cache-control': file.immutable ? ONE_YEAR : 'no-cache',
    etag: file.etag,
    vary: 'Accept-Encoding',
  });
  if (context.req.header('if-none-match') === file.etag)
    return new Response(null, { status: 304, headers });
  const encoding = encodingFor(context.req.header('accept-encoding'));
  const compressed = encoding && file[encoding];
  if (!compressed) return new Response(file.bytes, { headers });
  headers.set('content-encoding', encoding);
  return new Response(compressed, { headers });
}

/** One route for each file of the build: no path is put together from what a request says. */
export function registerStaticFiles(
  app: Hono<AppEnv>,
  files: ReadonlyMap<string, StaticFile>,
): void {
  for (const [path, file] of files) app.get(path, (context) => fileResponse(context, file));
}

/** The files of a newer build that some page may ask for already. */
export function registerNewerFiles(
  app: Hono<AppEnv>,
  newerFile: (name: string) => StaticFile | null,
): void {
  app.get('/assets/:name', (context) => {
    const file = newerFile(context.req.param('name'));
    return file ? fileResponse(context, file) : context.notFound();
  });
}
