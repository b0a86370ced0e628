import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes the pages that a server does not start without, for tests that open none of them and need no build. */
export function writePages(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const page of ['survey', 'admin', 'display', 'kiosk'])
    writeFileSync(join(folder, `${page}.html`), '<html lang="th"><!--page-data--></html>');
  mkdirSync(join(folder, '.render'), { recursive: true });
  writeFileSync(
    join(folder, '.render/server-views.mjs'),
    ['FirstScreen', 'PlainForm', 'PlainThanks']
      .map((view) => `export const render${view} = () => '';`)
      .join('\n'),
  );
}
