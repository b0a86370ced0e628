import { digestOf } from '#core/contract/digest.ts';
import type { Envelope } from '#core/contract/envelope.ts';
import type { Stored, StoredRow } from './site.ts';

/** What the database holds in the end against what people were told. All zero where the promise was kept. */
export interface Verdict {
  finished: number;
  /** Of the finished ones, those a person was told are kept. */
  promised: number;
  /** Promised, and not in the database. */
  lost: number;
  /** Rows too many: an id that is there more than once, whoever was told what. */
  doubled: number;
  /** Rows that differ from what was sealed, that nobody finished, or that stand among the conflicts or the quarantined. */
  strange: number;
  /** One line for each of them, for the one who has to look into it. */
  details: string[];
}

interface Finished {
  envelope: Envelope;
  /** The response's text, which the server holds in the end. */
  text: string;
  by: string;
  isStored: boolean;
  isAcknowledged: boolean;
}

/**
 * Who finished what, and what they were told. A response counts as promised from the moment the device says that it is
 * stored; one that never could be stored, from its acknowledgement, unless a backup from before was restored.
 */
export class Ledger {
  readonly #finished = new Map<string, Finished>();

  finish(envelope: Envelope, text: string, by: string): void {
    this.#finished.set(envelope.id, { envelope, text, by, isStored: false, isAcknowledged: false });
  }

  stored(id: string): void {
    const known = this.#finished.get(id);
    if (known) known.isStored = true;
  }

  acknowledged(id: string): void {
    const known = this.#finished.get(id);
    if (known) known.isAcknowledged = true;
  }

  /** `stored`: what the server's own database holds after the server has ended. */
  judge({ responses, setAside }: Stored, wasRestored: boolean): Verdict {
    const rows = Map.groupBy(responses, ({ id }) => id);
    return this.#compare(
      rows,
      setAside.map(({ id }) => id),
      wasRestored,
    );
  }

  #compare(
    rows: ReadonlyMap<string, readonly StoredRow[]>,
    setAside: readonly string[],
    wasRestored: boolean,
  ): Verdict {
    const finished = [...this.#finished.values()];
    const promised = finished.filter(
      ({ isStored, isAcknowledged }) => isStored || (isAcknowledged && !wasRestored),
    );
    const lost = promised.filter(({ envelope }) => !rows.has(envelope.id));
    const doubled = [...rows.values()].filter((same) => same.length > 1);
    const strange = [...rows.values()].flat().filter((row) => {
      const known = this.#finished.get(row.id);
      return (
        known?.text !== row.body ||
        digestOf(known.text) !== row.digest ||
        known.envelope.channel !== row.channel
      );
    });
    return {
      finished: finished.length,
      promised: promised.length,
      lost: lost.length,
      doubled: doubled.reduce((sum, same) => sum + same.length - 1, 0),
      strange: strange.length + setAside.length,
      details: [
        ...lost.map(({ envelope, by }) => `lost: ${envelope.id} of ${by}`),
        ...doubled.map(([row]) => `doubled: ${row?.id} of ${this.#by(row?.id)}`),
        ...strange.map(({ id }) => `not as it was sealed: ${id} of ${this.#by(id)}`),
        ...setAside.map((id) => `set aside: ${id} of ${this.#by(id)}`),
      ],
    };
  }

  #by(id: string | undefined): string {
    return this.#finished.get(id ?? '')?.by ?? 'nobody';
  }
}
