import { vi } from 'vitest';

/** Where the worker of the tests is at home. */
export const HOME = 'https://survey.test';

const addressOf = (request: string | Request) =>
  new URL(typeof request === 'string' ? request : request.url, HOME).href;

/** Cache Storage in memory, with what the worker uses of it. `isFull`: every write fails. */
export class MemoryCaches {
  isFull = false;
  readonly #caches = new Map<string, Map<string, Response>>();

  async open(name: string) {
    const files = this.#caches.get(name) ?? new Map<string, Response>();
    this.#caches.set(name, files);
    return {
      keys: async () => [...files.keys()].map((url) => ({ url })),
      match: async (request: string | Request) => files.get(addressOf(request))?.clone(),
      delete: async (request: string | Request) => files.delete(addressOf(request)),
      put: async (request: string | Request, reply: Response) => {
        if (this.isFull) throw new DOMException('no room', 'QuotaExceededError');
        // As in a browser, where what is put anew stands last.
        files.delete(addressOf(request));
        files.set(addressOf(request), reply);
      },
    };
  }

  async match(request: string | Request, { cacheName }: { cacheName: string }) {
    return this.#caches.get(cacheName)?.get(addressOf(request))?.clone();
  }

  async delete(name: string): Promise<boolean> {
    return this.#caches.delete(name);
  }

  async keys(): Promise<string[]> {
    return [...this.#caches.keys()];
  }

  /** The paths in a cache. */
  async paths(name: string): Promise<string[]> {
    const files = this.#caches.get(name) ?? new Map<string, Response>();
    return [...files.keys()].map((url) => url.slice(HOME.length)).sort();
  }

  asStorage(): CacheStorage {
    return this as unknown as CacheStorage;
  }
}

/** Node's own knows no page that a path could belong to. */
class WorkerRequest extends Request {
  constructor(request: string | Request | URL, options?: RequestInit) {
    super(typeof request === 'string' ? new URL(request, HOME) : request, options);
  }
}

/** An event as the browser gives it to a worker. */
export class WorkerEvent {
  readonly request: Request;
  readonly #work: Promise<unknown>[] = [];

  constructor(request: Request) {
    this.request = request;
  }

  waitUntil(work: Promise<unknown>): void {
    this.#work.push(work);
  }

  async settled(): Promise<void> {
    await Promise.all(this.#work);
  }
}

/** Gives the test what the worker reads from its global scope. */
export function enterWorkerScope(): MemoryCaches {
  vi.stubGlobal('location', new URL(`${HOME}/worker.js`));
  vi.stubGlobal('Request', WorkerRequest);
  return new MemoryCaches();
}
