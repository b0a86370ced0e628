// The screen on the counter: the one place where its effects are made and wired.
import { render } from 'preact';
import * as z from 'zod/mini';
import { chooseLanguage } from '#core/contract/choose-language.ts';
import { heedNewLink } from '../ui/heed-new-link.ts';
import { App } from './app.tsx';
import { createDisplay } from './display.ts';
import { createDisplayStore } from './display-store.ts';
import { keepAwake } from './keep-awake.ts';
import { wordsIn } from './words.ts';
import { workOffline } from './offline-copy.ts';
import '../ui/tokens.css';
import '../ui/base.css';
import './display.css';

// The content security policy forbids code made from text; without this, zod would try.
z.config({ jitless: true });

/** Null where the browser forbids it. */
function lastingStorage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

function start(root: HTMLElement): void {
  const store = createDisplayStore(lastingStorage());
  const display = createDisplay({
    now: () => Date.now(),
    fetch: (input, init) => fetch(input, init),
    store,
    every: (milliseconds, callback) => void setInterval(callback, milliseconds),
    onSign(callback) {
      window.addEventListener('online', callback);
      document.addEventListener('visibilitychange', () => {
        if (document.visibilityState === 'visible') callback();
      });
    },
  });
  const token = location.hash.slice(1);

  /** The token stays in the address until it was used, so that a reload without network loses nothing. */
  async function open(): Promise<void> {
    await display.open(token);
    const { kind } = display.state.value;
    if (kind !== 'unreachable') history.replaceState(null, '', location.pathname);
    if (kind === 'link-used' && store.read()) display.resume();
  }

  if (token === '') display.resume();
  else void open();
  const language = chooseLanguage(navigator.languages);
  document.documentElement.lang = language;
  document.title = wordsIn(language)('title');
  render(<App display={display} language={language} tryAgain={() => void open()} />, root);
  heedNewLink(window);
  keepAwake();
  workOffline();
}

const root = document.getElementById('app');
if (!root) throw new Error('display.html has no #app');
start(root);
