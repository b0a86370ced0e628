import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { RenderFirstScreen } from '#core/contract/page-data.ts';
import type { BuiltPages } from './pages.ts';
import { withStyleInside } from './survey-style.ts';

/**
 * The pages of the build in a folder, and what the build made of the survey's views for the server.
 *
 * @throws the file system's or the import's error where the build is not there, or not whole
 */
export async function readBuiltPages(distFolder: string): Promise<BuiltPages> {
  const read = (name: string) => readFileSync(join(distFolder, name), 'utf8');
  const views = pathToFileURL(join(distFolder, '.render/first-screen.mjs'));
  const { renderFirstScreen } = (await import(views.href)) as {
    renderFirstScreen: RenderFirstScreen;
  };
  return {
    survey: withStyleInside(read('survey.html'), read),
    kiosk: read('kiosk.html'),
    admin: read('admin.html'),
    display: read('display.html'),
    renderFirstScreen,
  };
}
