import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ServerViews } from '#core/contract/plain-form.ts';
import type { BuiltPages } from './pages.ts';
import { withStyleInside } from './survey-style.ts';

/**
 * The pages of the build in a folder, and what the build made of the survey's views for the server.
 *
 * @throws the file system's or the import's error where the build is not there, or not whole
 */
export async function readBuiltPages(distFolder: string): Promise<BuiltPages> {
  const read = (name: string) => readFileSync(join(distFolder, name), 'utf8');
  const module = pathToFileURL(join(distFolder, '.render/server-views.mjs'));
  const views = (await import(module.href)) as ServerViews;
  return {
    survey: withStyleInside(read('survey.html'), read),
    kiosk: read('kiosk.html'),
    admin: read('admin.html'),
    display: read('display.html'),
    views,
  };
}
