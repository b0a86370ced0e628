interface Claim {
  tab: object;
  give(): void;
}

/** Web Locks as a browser gives them to the tabs of one device: in order, and free again when their tab is gone. */
export class DeviceLocks {
  readonly #queues = new Map<string, Claim[]>();

  /** `navigator.locks` of one tab. */
  of(tab: object): LockManager {
    const request = async (
      name: string,
      options: LockOptions,
      callback: (lock: Lock | null) => Promise<unknown>,
    ): Promise<unknown> => {
      const claim = await this.#claim(tab, name, options.signal);
      try {
        return await callback({ name, mode: 'exclusive' });
      } finally {
        this.#release(name, claim);
      }
    };
    return { request, query: async () => ({}) } as unknown as LockManager;
  }

  /** The tab was closed: what it held goes to the next, what it waited for is forgotten. */
  close(tab: object): void {
    for (const [name, queue] of this.#queues) {
      const isHolder = queue[0]?.tab === tab;
      const others = queue.filter((claim) => claim.tab !== tab);
      this.#queues.set(name, others);
      if (isHolder) others[0]?.give();
    }
  }

  async #claim(tab: object, name: string, signal?: AbortSignal): Promise<Claim> {
    return new Promise((resolve, reject) => {
      const queue = this.#queues.get(name) ?? [];
      this.#queues.set(name, queue);
      const claim: Claim = { tab, give: () => resolve(claim) };
      signal?.addEventListener('abort', () => {
        if (this.#queues.get(name)?.[0] === claim) return;
        this.#queues.set(
          name,
          (this.#queues.get(name) ?? []).filter((other) => other !== claim),
        );
        reject(new DOMException('waited long enough', 'AbortError'));
      });
      queue.push(claim);
      if (queue.length === 1) claim.give();
    });
  }

  #release(name: string, claim: Claim): void {
    const queue = this.#queues.get(name) ?? [];
    if (queue[0] !== claim) return;
    queue.shift();
    queue[0]?.give();
  }
}
