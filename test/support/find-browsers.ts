import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/**
 * Of Chromium first the one without windows, which takes a sixth less of the processor. WebKit is driven through its WebDriver; it
 * has no mode without a display, so it gets one from Xvfb.
 */
const CANDIDATES = {
  chromium: [
    '/usr/bin/chromium-headless-shell',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ],
  firefox: ['/usr/bin/firefox-esr', '/usr/lib/firefox-esr/firefox-esr'],
  webkit: ['/usr/bin/WebKitWebDriver'],
  xvfb: ['/usr/bin/Xvfb'],
} as const;

const DEBIAN_PACKAGE = {
  chromium: 'chromium-headless-shell',
  firefox: 'firefox-esr',
  webkit: 'webkit2gtk-driver',
  xvfb: 'xvfb',
} as const;

/** The four scripts, so that a journey measures what people see and not the boxes of missing glyphs. */
const FONT_PACKAGES = ['fonts-noto-core', 'fonts-noto-cjk'];

type Browser = keyof typeof CANDIDATES;

const BROWSERS = Object.keys(CANDIDATES) as Browser[];

const variableOf = (browser: Browser) => `${browser.toUpperCase()}_PATH`;

/** The path of the machine's own program, or null. CHROMIUM_PATH, FIREFOX_PATH, WEBKIT_PATH and XVFB_PATH come first. */
export function findBrowser(browser: Browser): string | null {
  const named = process.env[variableOf(browser)];
  if (named) return named;
  return CANDIDATES[browser].find((path) => existsSync(path)) ?? null;
}

/** A browser that somebody asked for is not replaced by another one. */
function checkNamed(): void {
  for (const variable of BROWSERS.map(variableOf)) {
    const named = process.env[variable];
    if (named && !existsSync(named))
      throw new Error(
        `${variable} names ${named}, where nothing is: name the program's path, or nothing for the machine's own.`,
      );
  }
}

/**
 * Makes sure that the browsers and the display are there: those that are named, the machine's, or installed from Debian's packages as
 * root. Throws with a sentence that says the mend where none of it works: journeys are never skipped.
 */
export function ensureBrowsers(): void {
  checkNamed();
  const missing = BROWSERS.filter((name) => !findBrowser(name));
  if (missing.length === 0) return;
  const packages = [...missing.map((name) => DEBIAN_PACKAGE[name]), ...FONT_PACKAGES];
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
    throw new Error(
      `The journeys need ${packages.join(' and ')}: install them, or name paths in ${missing.map(variableOf).join(' and ')}.`,
    );
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // A server of packages that is away for a moment, or another installation under way, fails no run.
  const patience = ['-o', 'Acquire::Retries=3', '-o', 'DPkg::Lock::Timeout=120'];
  const run = (...words: string[]) =>
    execFileSync('apt-get', [...patience, ...words], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: environment,
    });
  run('update', '-qq');
  run('install', '-y', '-qq', '--no-install-recommends', ...packages);
}
