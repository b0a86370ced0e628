/** A storage call that did not settle in time. It may still happen later. */
export class StorageTimeout extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'StorageTimeout';
  }
}

/** The work's outcome, or StorageTimeout after `limitMs`: some browsers leave a storage call unsettled for ever. */
export async function withinTime<T>(work: PromiseLike<T>, limitMs: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new StorageTimeout(`no answer from the device's storage within ${limitMs} ms`)),
      limitMs,
    );
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
