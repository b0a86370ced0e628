import { expect, test } from 'vitest';
import { keepPage } from '#client/survey/keep-page.ts';

/** A worker as its page sees it, and what it was told. */
class FakeWorker extends EventTarget {
  readonly told: unknown[] = [];
  state: ServiceWorkerState;

  constructor(state: ServiceWorkerState) {
    super();
    this.state = state;
  }

  postMessage(message: unknown): void {
    this.told.push(message);
  }

  becomes(state: ServiceWorkerState): void {
    this.state = state;
    this.dispatchEvent(new Event('statechange'));
  }
}

function containerOf(worker: FakeWorker): Pick<ServiceWorkerContainer, 'ready'> {
  const registration = { active: worker } as unknown as ServiceWorkerRegistration;
  return { ready: Promise.resolve(registration) };
}

const FOUND = Promise.resolve(true);

const PAGE = { keep: '/s/22222222', language: 'th' };

test('a worker that is at work is asked for the page at once', async () => {
  const worker = new FakeWorker('activated');
  await keepPage(containerOf(worker), PAGE.keep, 'th', FOUND);
  expect(worker.told).toEqual([PAGE]);
});

test('one that still puts away what the version before kept is asked when it is done, or the page would go with it', async () => {
  const worker = new FakeWorker('activating');
  const asked = keepPage(containerOf(worker), PAGE.keep, 'th', FOUND);
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  expect(worker.told).toEqual([]);
  worker.becomes('activated');
  await asked;
  expect(worker.told).toEqual([PAGE]);
});

test('for a code that is nobody’s nothing is asked for', async () => {
  const worker = new FakeWorker('activated');
  await keepPage(containerOf(worker), PAGE.keep, 'th', Promise.resolve(false));
  expect(worker.told).toEqual([]);
});

test('without workers nothing is asked for', async () => {
  await expect(keepPage(null, PAGE.keep, 'th', FOUND)).resolves.toBeUndefined();
});
