// The office's app: makes the effects and wires them.
import { render } from 'preact';
import * as z from 'zod/mini';
import { createAdmin } from './admin.ts';
import { heedPresses } from '../ui/after-press.ts';
import { ApiError } from './api-error.ts';
import { App } from './app.tsx';
import { loadTexts } from './texts.ts';
import '../ui/tokens.css';
import '../ui/base.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/forms.css';
import './styles/departments.css';
import './styles/frame.css';
import './styles/shell.css';
import './styles/feedback.css';
import './styles/charts.css';
import './styles/pages.css';
import './styles/items.css';
import './styles/channels.css';
import './styles/life.css';
import './styles/scores.css';
import './styles/card.css';
import './styles/measures.css';
import './styles/oit.css';
import './styles/set-aside.css';
import './styles/posters.css';
import './styles/staff-codes.css';
import './styles/report.css';
import './styles/report-print.css';
import './styles/people.css';
import './styles/kiosks.css';
import './styles/print.css';

// The content security policy forbids code made from text; without this, zod would try.
z.config({ jitless: true });

/** One of the browser's storages, or null where it is forbidden: choices are then not remembered. */
function storageOf(kind: 'localStorage' | 'sessionStorage'): Storage | null {
  try {
    return window[kind];
  } catch {
    return null;
  }
}

/** Takes away what stands there until there are words. */
const wordsAreHere = () => document.querySelector('.coming')?.remove();

async function start(root: HTMLElement): Promise<void> {
  const admin = await createAdmin({
    fetch: (input, init) => fetch(input, init),
    window,
    storage: storageOf('localStorage'),
    tabStorage: storageOf('sessionStorage'),
    loadTexts,
  });
  heedPresses(window);
  void admin.checkSession();
  wordsAreHere();
  render(<App admin={admin} />, root);
}

const root = document.getElementById('app');
if (!root) throw new Error('admin.html has no #app');
start(root).catch((error: unknown) => {
  if (!(error instanceof ApiError)) throw error;
  wordsAreHere();
  document.getElementById('wordless')?.removeAttribute('hidden');
});
