/** Counts of named happenings: faults by kind, requests, retries. */
export class Tally {
  readonly counts = new Map<string, number>();

  add(name: string, count = 1): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + count);
  }

  addAll(other: Tally): void {
    for (const [name, count] of other.counts) this.add(name, count);
  }

  get(name: string): number {
    return this.counts.get(name) ?? 0;
  }

  /** `name count` for every name that begins with the prefix, which is left out, the most frequent first. */
  describe(prefix: string): string {
    return [...this.counts]
      .filter(([name]) => name.startsWith(prefix))
      .sort((a, b) => b[1] - a[1])
      .map(([name, count]) => `${name.slice(prefix.length)} ${count.toLocaleString('en')}`)
      .join(', ');
  }
}
