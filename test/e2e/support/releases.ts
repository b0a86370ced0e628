import { createHash } from 'node:crypto';
import { cp, mkdtemp, readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod/mini';
import { workboxWorker } from './workbox-worker.ts';

const DIST = fileURLToPath(new URL('../../../dist', import.meta.url));

const LIST = /\[\{"integrity":.*?\}\]/;
const listSchema = z.array(
  z.object({
    integrity: z.string(),
    revision: z.nullable(z.string()),
    url: z.string(),
    later: z.optional(z.literal(true)),
  }),
);

const isCompressed = (name: string) => /\.(?:br|gz)$/.test(name);
const isText = (name: string) => ['.js', '.css', '.html'].includes(extname(name));

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

  /**
   * Puts a version in the place of the one before: its page says which it is, and no file of assets/ has kept its name, as in
   * a build in which every one of them changed.
   */
  async putOut(version: string): Promise<void> {
    const names = await readdir(this.folder, { recursive: true });
    await Promise.all(
      names.filter(isCompressed).map(async (name) => rm(join(this.folder, name), { force: true })),
    );
    const assets = (await readdir(join(this.folder, 'assets'))).filter((name) => isText(name));
    const nameless = assets.map((name) => name.replace(/^v\d+\./, ''));
    const rewritten = nameless.map((name) => [name, `v${version}.${name}`] as const);
    const meta = `<meta name="version" content="${version}" />`;
    for (const name of names.filter(isText)) {
      let text = await readFile(join(this.folder, name), 'utf8');
      for (const [from, to] of rewritten) text = text.replaceAll(from, to);
      text = text.replaceAll(/v\d+\.(?=v\d+\.)/g, '');
      if (name === 'survey.html')
        text = text.replace(/<meta name="(version|robots)" content="\w+" \/>/, meta);
      await writeFile(join(this.folder, name), text);
    }
    for (const [index, name] of assets.entries())
      await rename(this.#asset(name), this.#asset(`v${version}.${nameless[index]}`));
    await this.#list();
  }

  /** Takes a file of the present version away, or leaves only the beginning of it; the function returned mends that. */
  async damage(url: string, damage: 'missing' | 'cut'): Promise<() => Promise<void>> {
    const path = join(this.folder, url);
    const bytes = await readFile(path);
    await (damage === 'missing' ? rm(path) : truncate(path, Math.floor(bytes.length / 2)));
    return async () => writeFile(path, bytes);
  }

  /** The address of the one precached file whose name, but for the hash, is that. */
  async addressOf(name: string): Promise<string> {
    const found = (await this.#precached()).find(({ url }) => url.includes(`.${name}-`));
    if (!found) throw new Error(`${name} is not precached`);
    return found.url;
  }

  /** Puts the worker of versions before workbox went in the place of ours; the function returned gives the present version ours. */
  async putOutWithWorkbox(): Promise<() => Promise<void>> {
    const own = await this.#worker();
    const list = (await this.#precached()).map((file) => ({
      ...file,
      // As long as workbox had them.
      revision: file.revision && createHash('md5').update(file.revision).digest('hex'),
    }));
    await this.#writeWorker(workboxWorker(JSON.stringify(list)));
    return async () => {
      const present = JSON.stringify(await this.#precached());
      await this.#writeWorker(own.replace(LIST, () => present));
      await this.#list();
    };
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  #asset(name: string): string {
    return join(this.folder, 'assets', name);
  }

  async #worker(): Promise<string> {
    return readFile(join(this.folder, 'worker.js'), 'utf8');
  }

  async #writeWorker(text: string): Promise<void> {
    await writeFile(join(this.folder, 'worker.js'), text);
  }

  async #precached(): Promise<z.infer<typeof listSchema>> {
    const [list] = LIST.exec(await this.#worker()) ?? [];
    return listSchema.parse(JSON.parse(list ?? 'null'));
  }

  /** Writes into the worker what its files hold now, as a build would. */
  async #list(): Promise<void> {
    const list: z.infer<typeof listSchema> = [];
    for (const { url, revision, ...others } of await this.#precached()) {
      const digest = createHash('sha256').update(await readFile(join(this.folder, url)));
      const hash = digest.digest('base64');
      list.push({ ...others, integrity: `sha256-${hash}`, revision: revision && hash, url });
    }
    const text = await this.#worker();
    await this.#writeWorker(text.replace(LIST, () => JSON.stringify(list)));
  }
}
