import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const CANDIDATES = {
  chromium: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'],
  firefox: ['/usr/bin/firefox-esr', '/usr/lib/firefox-esr/firefox-esr'],
} as const;

const DEBIAN_PACKAGE = { chromium: 'chromium', firefox: 'firefox-esr' } as const;

/** The four scripts, so that a journey measures what people see and not the boxes of missing glyphs. */
const FONT_PACKAGES = ['fonts-noto-core', 'fonts-noto-cjk'];

type Browser = keyof typeof CANDIDATES;

/** The path of the machine's own browser, or null. CHROMIUM_PATH and FIREFOX_PATH come first. */
export function findBrowser(browser: Browser): string | null {
  const named = process.env[`${browser.toUpperCase()}_PATH`];
  if (named) return named;
  return CANDIDATES[browser].find((path) => existsSync(path)) ?? null;
}

/**
 * Makes sure that both browsers are there: the machine's, or installed from Debian's packages as root.
 * Throws with a sentence that says the mend where neither works: journeys are never skipped.
 */
export function ensureBrowsers(): void {
  const missing = (Object.keys(CANDIDATES) as Browser[]).filter((name) => !findBrowser(name));
  if (missing.length === 0) return;
  const packages = [...missing.map((name) => DEBIAN_PACKAGE[name]), ...FONT_PACKAGES];
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
    throw new Error(
      `The journeys need ${packages.join(' and ')}: install them, or name their paths in CHROMIUM_PATH and FIREFOX_PATH.`,
    );
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const run = (...words: string[]) =>
    execFileSync('apt-get', words, { stdio: ['ignore', 'ignore', 'inherit'], env: environment });
  run('update', '-qq');
  run('install', '-y', '-qq', '--no-install-recommends', ...packages);
}
