import { StartProblem } from '../start-problem.ts';
import { readBuiltPages } from './built-pages.ts';
import { readNewerFile, readStaticFiles } from './static-files.ts';

/**
 * The built client.
 *
 * @throws StartProblem where it is not built
 */
export async function readClient(distFolder: string) {
  try {
    return {
      pages: await readBuiltPages(distFolder),
      staticFiles: readStaticFiles(distFolder),
      newerFile: (name: string) => readNewerFile(distFolder, name),
    };
  } catch (error) {
    throw new StartProblem('The pages are not built: run `npm run build` first.', error);
  }
}
