import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { extname, join, sep } from 'node:path';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/** A file of the build, held in memory with its compressed forms. */
export interface StaticFile {
  contentType: string;
  /** True where the name holds a hash of the content, so that it never changes. */
  immutable: boolean;
  etag: string;
  bytes: Uint8Array<ArrayBuffer>;
  br: Uint8Array<ArrayBuffer> | null;
  gzip: Uint8Array<ArrayBuffer> | null;
}

/** As the build names a file by its content. No path leads out of the folder by such a name. */
const HASHED = /^[\w-]+-[\w-]{8}\.(?:js|css|woff2)$/;

const read = (path: string): Uint8Array<ArrayBuffer> => new Uint8Array(readFileSync(path));

/** Notes of the build to itself, such as .vite/manifest.json. */
const isHidden = (name: string) => name.split(sep).some((part) => part.startsWith('.'));

/** Null where it is none for the web. */
function readStaticFile(path: string, immutable: boolean): StaticFile | null {
  const contentType = CONTENT_TYPES[extname(path)];
  if (contentType === undefined || !statSync(path).isFile()) return null;
  const bytes = read(path);
  return {
    contentType,
    immutable,
    etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
    bytes,
    br: existsSync(`${path}.br`) ? read(`${path}.br`) : null,
    gzip: existsSync(`${path}.gz`) ? read(`${path}.gz`) : null,
  };
}

/**
 * All files of the build by URL path: what is not here cannot be asked for. Hidden ones and names the build does not use
 * (an unknown extension) are left out.
 */
export function readStaticFiles(folder: string): Map<string, StaticFile> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = new Map<string, StaticFile>();
  for (const name of names) {
    if (isHidden(name)) continue;
    const url = `/${name.split(sep).join('/')}`;
    const file = readStaticFile(join(folder, name), url.startsWith('/assets/'));
    if (file) files.set(url, file);
  }
  return files;
}

/**
 * A file of a newer build in the same folder, by its name under /assets/, for a process that is not yet started anew: another one may have given
 * out a page that asks for it. Null where there is none. As the build may be at it just now, nobody keeps it for good.
 */
export function readNewerFile(folder: string, name: string): StaticFile | null {
  if (!HASHED.test(name)) return null;
  try {
    return readStaticFile(join(folder, 'assets', name), false);
  } catch (error) {
    // Not asked beforehand whether it is there: a build may empty the folder between the question and the reading.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
