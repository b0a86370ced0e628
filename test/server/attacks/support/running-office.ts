import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Config, getConfig } from '#server/config.ts';
import { cryptoRandomness } from '#server/randomness.ts';
import { startServer } from '#server/start-server.ts';
import { writePages } from '../../support/write-pages.ts';

/** What is told where a server keeps quiet: long enough for a busy machine. */
const PATIENCE_MS = 20_000;

/** A whole server behind a real socket, with a few files of a build and a file beside them that is nobody's business. */
export async function startOffice(changes: Partial<Config> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'sucharit-attack-'));
  const distFolder = join(folder, 'dist');
  mkdirSync(join(distFolder, 'assets'), { recursive: true });
  writePages(distFolder);
  writeFileSync(join(distFolder, 'assets/survey.js'), 'survey');
  writeFileSync(join(folder, 'secret.txt'), 'beside the build');
  const errors: object[] = [];
  const server = await startServer(
    { ...getConfig({}), port: 0, dataDir: join(folder, 'data'), ...changes },
    {
      now: Date.now,
      randomness: cryptoRandomness,
      log: { info: () => undefined, error: (fields) => errors.push(fields) },
      distFolder,
    },
  );
  onTestFinished(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { ...server, errors, port: Number(new URL(server.url).port) };
}

/** Sends bytes as they are, and waits until the server closes or has answered `answers` times; returns all that came. */
export function sendRaw(port: number, text: string, answers = 1): Promise<string> {
  return new Promise((resolve, reject) => {
    let told = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(text, 'latin1'));
    const patience = setTimeout(() => socket.destroy(new Error('no answer')), PATIENCE_MS);
    function end() {
      clearTimeout(patience);
      socket.destroy();
      resolve(told);
    }
    socket.on('data', (bytes) => {
      told += bytes.toString('latin1');
      if (statusesIn(told).length >= answers && /\r\n\r\n[^]*$/.test(told)) setImmediate(end);
    });
    socket.on('end', end);
    // A server that is done with a sender before all was sent resets the connection.
    socket.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNRESET' || error.code === 'EPIPE' ? end() : reject(error),
    );
  });
}

/** The statuses of the answers in what came. */
export const statusesIn = (told: string) =>
  [...told.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status));
