import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const DIST = fileURLToPath(new URL('../../../dist', import.meta.url));

/** A copy of the build, of which newer versions can be put out. */
export class Releases {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async create(): Promise<Releases> {
    const releases = new Releases(await mkdtemp(join(tmpdir(), 'sucharit-dist-')));
    await cp(DIST, releases.folder, { recursive: true });
    await releases.putOut('1');
    return releases;
  }

  /** Writes the version into the survey's page, and the page's new revision into the worker, as a build would. */
  async putOut(version: string): Promise<void> {
    const change = async (file: string, from: RegExp, to: string) => {
      const text = await readFile(join(this.folder, file), 'utf8');
      if (!from.test(text)) throw new Error(`${file} has nothing like ${from}`);
      await writeFile(join(this.folder, file), text.replace(from, to));
    };
    const meta = `<meta name="version" content="${version}" />`;
    await change('survey.html', /<meta name="(version|robots)" content="\w+" \/>/, meta);
    await change(
      'worker.js',
      /("?revision"?:\s*["'])\w+(["'],\s*"?url"?:\s*["']\/survey\.html)|(\/survey\.html["'],\s*"?revision"?:\s*["'])\w+/,
      `$1$3version${version}$2`,
    );
    for (const packed of ['worker.js.br', 'worker.js.gz'])
      await rm(join(this.folder, packed), { force: true });
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}
