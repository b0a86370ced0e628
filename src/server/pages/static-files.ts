import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
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

const read = (path: string): Uint8Array<ArrayBuffer> => new Uint8Array(readFileSync(path));

/** Notes of the build to itself, such as .vite/manifest.json. */
const isHidden = (name: string) => name.split(sep).some((part) => part.startsWith('.'));

/**
 * All files of the build by URL path: what is not here cannot be asked for. Hidden ones and names the build does not use
 * (an unknown extension) are left out.
 */
export function readStaticFiles(folder: string): Map<string, StaticFile> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const present = new Set(names);
  const files = new Map<string, StaticFile>();
  for (const name of names) {
    if (isHidden(name)) continue;
    const path = join(folder, name);
    const contentType = CONTENT_TYPES[extname(name)];
    if (contentType === undefined || !statSync(path).isFile()) continue;
    const url = `/${name.split(sep).join('/')}`;
    const bytes = read(path);
    files.set(url, {
      contentType,
      immutable: url.startsWith('/assets/'),
      etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
      bytes,
      br: present.has(`${name}.br`) ? read(`${path}.br`) : null,
      gzip: present.has(`${name}.gz`) ? read(`${path}.gz`) : null,
    });
  }
  return files;
}
