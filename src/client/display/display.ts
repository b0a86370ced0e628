// The screen on the counter without its markup: what it shows, and what it learns from the server.
import { signal, type ReadonlySignal } from '@preact/signals';
import {
  displayStandingSchema,
  openedDisplaySchema,
  type OpenedDisplay,
} from '#core/contract/display.ts';
import { offsetOf } from '#core/display/server-clock.ts';
import { problemSchema } from '#core/contract/problem.ts';
import type { DisplayStore, KeptDisplay } from './display-store.ts';

/** How often the server is asked whether everything is as it was. */
const ASK_EVERY_MS = 60_000;

/** After this long without an answer there is none. */
const REQUEST_LIMIT_MS = 15_000;

/** unknown: this screen is nobody's display; ended: the office has made another one, or ended this one. */
export type DisplayState =
  | { kind: 'opening' }
  | { kind: 'unknown' }
  | { kind: 'unreachable' }
  | { kind: 'link-used' }
  | { kind: 'ended' }
  | { kind: 'showing'; display: KeptDisplay; isOffline: boolean };

export interface DisplayEffects {
  /** Milliseconds since 1970, by the screen's own clock. */
  now: () => number;
  fetch: typeof fetch;
  store: DisplayStore;
  /** Calls back again and again; for as long as the page is open. */
  every: (milliseconds: number, callback: () => void) => void;
  /** Calls back whenever there may be a network again. */
  onSign: (callback: () => void) => void;
}

export interface Display {
  readonly state: ReadonlySignal<DisplayState>;
  /** The moment by the server's clock, as far as it was ever heard; milliseconds since 1970. */
  readonly now: ReadonlySignal<number>;
  /** Becomes the display of a link by its token, instead of what the screen was before. */
  open(token: string): Promise<void>;
  /** Goes on where the page before ended. */
  resume(): void;
}

/** What came of asking. refused: the server said no, in our words; none: no answer that is ours. */
type Answer = { kind: 'text'; body: unknown; offset: number | null } | { kind: 'refused' | 'none' };

export function createDisplay({ now, fetch, store, every, onSign }: DisplayEffects): Display {
  const state = signal<DisplayState>({ kind: 'opening' });
  const serverNow = signal(now());

  async function ask(path: string, request: RequestInit = {}): Promise<Answer> {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), REQUEST_LIMIT_MS);
    const sentAt = now();
    try {
      const reply = await fetch(`/api/v1/displays${path}`, {
        ...request,
        headers: { accept: 'application/json', 'content-type': 'application/json' },
        credentials: 'omit',
        cache: 'no-store',
        signal: limit.signal,
      });
      const offset = offsetOf(reply.headers.get('date'), sentAt, now());
      const body: unknown = await reply.json();
      if (reply.ok) return { kind: 'text', body, offset };
      const problem = problemSchema.safeParse(body);
      return { kind: problem.success && problem.data.status === 410 ? 'refused' : 'none' };
    } catch {
      return { kind: 'none' };
    } finally {
      clearTimeout(timer);
    }
  }

  function tick(): void {
    const offset = state.value.kind === 'showing' ? state.value.display.offset : 0;
    serverNow.value = now() + offset;
  }

  function show(display: KeptDisplay, isOffline: boolean): void {
    state.value = { kind: 'showing', display, isOffline };
    tick();
  }

  function hear(opened: OpenedDisplay, offset: number): void {
    const display = { ...opened, offset, heardAt: now() + offset };
    store.keep(display);
    show(display, false);
  }

  async function askStanding(): Promise<void> {
    if (state.value.kind !== 'showing') return;
    const { id } = state.value.display;
    const answer = await ask(`/${id}`);
    // Another link was opened meanwhile.
    if (state.value.kind !== 'showing' || state.value.display.id !== id) return;
    const { display } = state.value;
    if (answer.kind === 'refused') {
      store.forget();
      state.value = { kind: 'ended' };
      return;
    }
    const standing = answer.kind === 'text' ? displayStandingSchema.safeParse(answer.body) : null;
    if (answer.kind === 'text' && standing?.success)
      hear({ ...display, standing: standing.data }, answer.offset ?? display.offset);
    else show(display, true);
  }

  every(1_000, tick);
  every(ASK_EVERY_MS, () => void askStanding());
  onSign(() => void askStanding());

  return {
    state,
    now: serverNow,
    async open(token) {
      state.value = { kind: 'opening' };
      const answer = await ask('', { method: 'POST', body: JSON.stringify({ token }) });
      const opened = answer.kind === 'text' ? openedDisplaySchema.safeParse(answer.body) : null;
      if (answer.kind === 'text' && opened?.success) hear(opened.data, answer.offset ?? 0);
      else state.value = { kind: answer.kind === 'refused' ? 'link-used' : 'unreachable' };
    },
    resume() {
      const kept = store.read();
      if (!kept) {
        state.value = { kind: 'unknown' };
        return;
      }
      show(kept, false);
      void askStanding();
    },
  };
}
