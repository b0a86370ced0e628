import { signal, type ReadonlySignal } from '@preact/signals';

/** A new version of the app that waits for a person's consent. */
export interface AppUpdate {
  readonly state: ReadonlySignal<'none' | 'ready' | 'updating'>;
  /** Registers the service worker; to be called when the first screen is usable. */
  start(): void;
  /** Looks for a new version at once, because the server takes nothing more from this one. */
  check(): void;
  /** Puts the new version to work and reloads the page; only after a person agreed. */
  apply(): void;
}

/** What watching for updates needs of the page. */
export interface UpdateEffects {
  /** Null where the browser has none: plain HTTP, private mode, old web views. */
  serviceWorker: ServiceWorkerContainer | null;
  /** Which one this page registers, and for which addresses. */
  worker: { script: string; scope: string };
  reload(): void;
  /** Calls back when the page is looked at again. */
  onVisible(callback: () => void): void;
  /** Milliseconds since the epoch. */
  now(): number;
}

/** A page that stays open, as on a counter's tablet, asks for a new version this often at most. */
const CHECK_EVERY_MS = 60 * 60_000;

/**
 * Tells when a new version of the app waits. A service worker that cannot be registered breaks nothing: the survey then
 * works as long as there is a network. The first installation is no update, and neither needs nor gets consent.
 */
export function watchForUpdate(effects: UpdateEffects): AppUpdate {
  const state = signal<'none' | 'ready' | 'updating'>('none');
  const { serviceWorker } = effects;
  let registration: ServiceWorkerRegistration | null = null;
  let isReloading = false;
  let tellRegistered: (found: Promise<ServiceWorkerRegistration | null> | null) => void = ignore;
  const registered = new Promise<ServiceWorkerRegistration | null>((resolve) => {
    tellRegistered = resolve;
  });

  const offer = () => {
    if (state.value === 'none') state.value = 'ready';
  };

  const look = () => {
    if (registration?.waiting && registration.active) offer();
  };

  const reloadOnce = () => {
    if (isReloading) return;
    isReloading = true;
    effects.reload();
  };

  async function register(container: ServiceWorkerContainer): Promise<ServiceWorkerRegistration> {
    registration = await container.register(effects.worker.script, {
      scope: effects.worker.scope,
      updateViaCache: 'none',
    });
    const current = registration;
    current.addEventListener('updatefound', () =>
      current.installing?.addEventListener('statechange', look),
    );
    look();
    let checkedAt = effects.now();
    effects.onVisible(() => {
      if (effects.now() - checkedAt < CHECK_EVERY_MS) return;
      checkedAt = effects.now();
      current.update().catch(ignore);
    });
    return current;
  }

  /** A reload helps where it does not come from the version at work here: without a worker, or with one that never had this page. */
  async function check(): Promise<void> {
    const current = await registered;
    await current?.update();
    if (current?.installing || current?.waiting) return;
    if (!current || serviceWorker?.controller !== current.active) offer();
  }

  // The worker is only put to work with consent. If that was given in another tab, this page is the old version.
  serviceWorker?.addEventListener('controllerchange', offer);

  return {
    state,
    start() {
      tellRegistered(serviceWorker && register(serviceWorker).catch(() => null));
    },
    check() {
      check().catch(ignore);
    },
    apply() {
      state.value = 'updating';
      const waiting = registration?.waiting;
      // Another tab put it to work already.
      if (!waiting) {
        reloadOnce();
        return;
      }
      // Not `controllerchange`: it never comes to a page that was opened before there was any worker.
      waiting.addEventListener('statechange', () => {
        if (waiting.state === 'activated') reloadOnce();
        // A still newer version took its place.
        else if (waiting.state === 'redundant') state.value = 'ready';
      });
      waiting.postMessage('skip-waiting', []);
    },
  };
}

const ignore = () => undefined;
