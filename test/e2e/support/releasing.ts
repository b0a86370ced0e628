import type { Page } from '@playwright/test';
import { expect, test as journey } from './journey.ts';
import { Releases } from './releases.ts';
import { ServerProcess } from './server.ts';

interface Releasing {
  releases: Releases;
  /**
   * The office's IT person puts a newer version in place; what a page asks for meanwhile fails. `before`: done to its files
   * before the server has them.
   */
  release: (version: string, before?: () => Promise<void>) => Promise<void>;
  isOnVersion: (page: Page, version: string) => Promise<void>;
}

/** A journey whose server has a build of its own, of which newer versions can be put out. */
export const releasing = journey.extend<Releasing>({
  releases: async ({}, use) => {
    const releases = await Releases.create();
    await use(releases);
    await releases.remove();
  },
  server: async ({ context, databaseUrl, releases }, use) => {
    const server = await ServerProcess.createSoon({
      DATABASE_URL: databaseUrl,
      DIST_FOLDER: releases.folder,
    });
    await use(server);
    await Promise.all(context.pages().map((page) => page.close()));
    await server.remove();
  },
  release: async ({ server, releases, complaints }, use) => {
    await use(async (version, before = async () => {}) => {
      complaints.networkIsCut = true;
      await server.stop();
      await releases.putOut(version);
      await before();
      await server.start();
      complaints.networkIsCut = false;
    });
  },
  isOnVersion: async ({}, use) => {
    await use(async (page, version) =>
      expect(page.locator('meta[name="version"]')).toHaveAttribute('content', version),
    );
  },
});

export { expect };
