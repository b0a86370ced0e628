import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { findBrowser } from '../../support/find-browsers.ts';
import { freePort } from '../../support/free-port.ts';

/** The smallest browser on WebKitGTK; it comes with the library that its WebDriver needs. */
const MINI_BROWSER = `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu/webkit2gtk-4.1/MiniBrowser`;

const PHONE = { x: 0, y: 0, width: 360, height: 740 };

/** Without it the browser's own buttons hold its window at 447 px. */
const NARROW_BUTTONS = '* { min-width: 0; padding: 0; margin: 0; border-width: 0; }';

/** What the driver says of an element that was there a moment ago, or is in its place only in the next. */
const NOT_NOW = /stale element reference|element not interactable|element click intercepted/;

/** How a WebDriver reply names an element. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

const programOf = (name: 'webkit' | 'xvfb') => {
  const path = findBrowser(name);
  if (!path) throw new Error(`no ${name} on this machine`);
  return path;
};

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill();
  await once(child, 'exit');
}

/** A display of its own for one browser: WebKitGTK has no mode without. */
async function startDisplay(): Promise<{ name: string; child: ChildProcess }> {
  const words = ['-displayfd', '3', '-screen', '0', '800x800x24', '-nolisten', 'tcp'];
  const child = spawn(programOf('xvfb'), words, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const failed = once(child, 'exit').then(() => {
    throw new Error('Xvfb did not start');
  });
  const told = once(child.stdio[3] as NodeJS.ReadableStream, 'data');
  const [number] = await Promise.race([told, failed]);
  return { name: `:${String(number).trim()}`, child };
}

/** WebKitGTK at a phone's size, driven through its WebDriver. Its profile lasts as long as its session, never longer. */
export class WebKit {
  readonly #folder: string;
  readonly #children: readonly ChildProcess[];
  readonly #driver: string;
  #session = '';

  private constructor(folder: string, children: readonly ChildProcess[], driver: string) {
    this.#folder = folder;
    this.#children = children;
    this.#driver = driver;
  }

  static async start(): Promise<WebKit> {
    const folder = await mkdtemp(join(tmpdir(), 'sucharit-webkit-'));
    await mkdir(join(folder, 'gtk-3.0'));
    await writeFile(join(folder, 'gtk-3.0', 'gtk.css'), NARROW_BUTTONS);
    const display = await startDisplay();
    const port = await freePort();
    const driver = spawn(programOf('webkit'), [`--port=${port}`, '--host=127.0.0.1'], {
      stdio: 'ignore',
      env: {
        ...process.env,
        DISPLAY: display.name,
        HOME: folder,
        XDG_CONFIG_HOME: folder,
        TZ: 'Asia/Bangkok',
      },
    });
    const webKit = new WebKit(folder, [driver, display.child], `http://127.0.0.1:${port}`);
    await webKit.#untilReady(driver);
    await webKit.#open();
    return webKit;
  }

  async #untilReady(driver: ChildProcess): Promise<void> {
    while (driver.exitCode === null) {
      const isReady = await fetch(`${this.#driver}/status`).then(
        (reply) => reply.ok,
        () => false,
      );
      if (isReady) return;
      await pause(20);
    }
    throw new Error('the WebDriver of WebKit did not start');
  }

  async #open(): Promise<void> {
    const { sessionId } = await this.#call('POST', '', {
      capabilities: {
        alwaysMatch: {
          'webkitgtk:browserOptions': { binary: MINI_BROWSER, args: ['--automation'] },
        },
      },
    });
    this.#session = `/${sessionId}`;
    await this.#call('POST', '/window/rect', PHONE);
  }

  /** One command of the protocol, below the session. Throws what the driver says is wrong. */
  async #call(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown) {
    const reply = await fetch(`${this.#driver}/session${this.#session}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const { value } = await reply.json();
    if (!reply.ok) throw new Error(`${path}: ${value.error}: ${value.message}`);
    return value;
  }

  /** Loads the address and listens to what its page complains of from then on. */
  async goTo(address: string): Promise<void> {
    await this.#call('POST', '/url', { url: address });
    await this.evaluate(async () => {
      const heard: string[] = [];
      Object.assign(globalThis, { heard });
      addEventListener('error', ({ message }) => heard.push(`uncaught: ${message}`));
      addEventListener('unhandledrejection', ({ reason }) => heard.push(`rejected: ${reason}`));
      for (const level of ['error', 'warn'] as const)
        console[level] = (...words: unknown[]) => heard.push(`${level}: ${words.join(' ')}`);
    });
  }

  /** What the page on show complained of since it was loaded. */
  async complaints(): Promise<string[]> {
    return this.evaluate(async () => Reflect.get(globalThis, 'heard') ?? ['nobody listened']);
  }

  /** Runs a function in the page that needs nothing from outside; throws what it throws. */
  async evaluate<Result>(run: () => Promise<Result>): Promise<Result> {
    const script = `const tell = arguments[arguments.length - 1];
      (${String(run)})().then((value) => tell({ value }), (error) => tell({ error: String(error) }));`;
    const { value, error } = await this.#call('POST', '/execute/async', { script, args: [] });
    if (error !== undefined) throw new Error(error);
    return value;
  }

  /** Clicks in the middle of the first element, as a finger would; false while there is none to be clicked. */
  async click(xpath: string): Promise<boolean> {
    const found = await this.#call('POST', '/elements', { using: 'xpath', value: xpath });
    if (found.length === 0) return false;
    try {
      await this.#call('POST', `/element/${found[0][ELEMENT]}/click`, {});
      return true;
    } catch (error) {
      // The page was drawn anew between the two.
      if (NOT_NOW.test(String(error))) return false;
      throw error;
    }
  }

  /** All that can be read on the page. */
  async text(): Promise<string> {
    return this.evaluate(async () => document.body.innerText);
  }

  /** A picture of the page, PNG. */
  async screenshot(): Promise<Buffer> {
    return Buffer.from(await this.#call('GET', '/screenshot'), 'base64');
  }

  async stop(): Promise<void> {
    if (this.#session) await this.#call('DELETE', '').catch(() => undefined);
    for (const child of this.#children) await end(child);
    await rm(this.#folder, { recursive: true, force: true });
  }
}
