/** How many of a simulated device's seconds go by in one of ours. */
export const SPEED = 60;

/** A device's own time: fast, off, and now and then set to something else. Its timers go on as they were set. */
export class DeviceClock {
  readonly #begun = performance.now();
  #start: number;

  /** `start`: milliseconds since the epoch, as the device believes. */
  constructor(start: number) {
    this.#start = start;
  }

  now(): number {
    return Math.round(this.#start + (performance.now() - this.#begun) * SPEED);
  }

  /** Somebody sets the clock by so many milliseconds of the device. */
  jump(milliseconds: number): void {
    this.#start += milliseconds;
  }

  after(delayMs: number, callback: () => void): () => void {
    const timer = setTimeout(callback, delayMs / SPEED);
    return () => clearTimeout(timer);
  }
}
