import { makeChannelCode } from '#core/contract/channel-code.ts';
import type { Envelope } from '#core/contract/envelope.ts';
import { LANGUAGES } from '#core/contract/language.ts';
import { MAX_PROTOCOL } from '#core/contract/protocol.ts';
import { combinationText } from '#core/scoring/combinations.ts';
import { createCounting } from '#server/counting/counting.ts';
import { createReportReceiver } from '#server/receiving/receive-device-reports.ts';
import { readEnvelope } from '#server/receiving/read-envelope.ts';
import { createReceiver } from '#server/receiving/receive-batch.ts';
import { createKnownSealKeys } from '#server/sealing/known-seal-keys.ts';
import { sha256 } from '#server/sha256.ts';
import type { Storage, StoredChannel } from '#server/storage/storage.ts';
import { type Dice, diceOf } from '../../chaos/dice.ts';
import { ASSESSMENT, envelope, IIT, INSTRUMENTS, response } from '../support/fixtures.ts';
import type { Truth } from './statistics.ts';

const DEVICES = 30;

const COUNTING = createCounting(INSTRUMENTS);

const CHANNEL: StoredChannel = {
  code: makeChannelCode(() => 3),
  assessment: ASSESSMENT.id,
  instrument: IIT.id,
  department: null,
  service: null,
  state: 'open',
};

interface Device {
  number: number;
  reportId: string;
  revision: number;
  /** What it has sent, of which one may come again with another body. */
  sent: Envelope[];
}

/** An office whose devices send, one batch after the other, all on one day and by one poster, so that nothing else tells them apart. */
export class Arrivals {
  /** What people said of themselves, by envelope: no two of them the same, so that each leads to a row of the tallies. */
  private readonly combinationOf = new Map<string, string>();
  private readonly batchOf = new Map<string, number>();
  private readonly deviceOf = new Map<string, number>();
  private readonly dice: Dice;
  private readonly people: Dice;
  private readonly devices: readonly Device[];
  private readonly receive: ReturnType<typeof createReceiver>;
  private readonly report: ReturnType<typeof createReportReceiver>;
  private readonly storage: Storage;
  /** Whether what comes is added to the tallies at once, as in an office with few visitors. */
  isFolding = false;
  private batches = 0;

  constructor(storage: Storage, seed: number) {
    this.storage = storage;
    this.dice = diceOf('arrivals', seed);
    this.people = diceOf('people', seed);
    this.devices = Array.from({ length: DEVICES }, (_, number) => ({
      number,
      reportId: this.dice.uuid(),
      revision: 0,
      sent: [],
    }));
    const effects = {
      storage,
      instruments: INSTRUMENTS,
      sealKeys: createKnownSealKeys(storage),
      codeUse: { count: () => undefined },
      now: () => Date.parse('2024-11-20T03:00:00Z'),
    };
    this.receive = createReceiver(effects);
    this.report = createReportReceiver(effects);
  }

  static async open(storage: Storage, seed = 2568): Promise<Arrivals> {
    await storage.createAssessment(ASSESSMENT, [CHANNEL]);
    await storage.recount(ASSESSMENT.id, IIT.id, 500, COUNTING);
    return new Arrivals(storage, seed);
  }

  /** All that happened so far. */
  truth(): Truth {
    return this.truthOf(() => true);
  }

  /** What happened since then, of what is there now. */
  since({ batchOf }: Truth): Truth {
    return this.truthOf((row, batch) => batchOf.get(row) !== batch);
  }

  /** What had happened by then and is as it was. */
  until({ batchOf }: Truth): Truth {
    return this.truthOf((row, batch) => batchOf.get(row) === batch);
  }

  private truthOf(isMeant: (row: string, batch: number) => boolean): Truth {
    const meant = [...this.batchOf].filter(([row, batch]) => isMeant(row, batch));
    return { batchOf: new Map(meant), deviceOf: new Map(this.deviceOf) };
  }

  /** That many batches come, of one to six responses, each followed by the report of its device. */
  async come(batches: number): Promise<void> {
    for (let batch = 0; batch < batches; batch += 1)
      await this.sendOne(this.dice.pick(this.devices));
  }

  private async sendOne(device: Device): Promise<void> {
    this.batches += 1;
    const fresh = Array.from({ length: this.dice.between(1, 6) }, () => this.newEnvelope());
    const batch = [...fresh];
    for (const { id } of fresh) {
      this.note(id, device);
      this.note(this.combinationOf.get(id) ?? '', device);
    }
    // One that comes with another body under a known id is kept apart, and so is what this version cannot read.
    if (device.sent.length > 0 && this.dice.chance(0.5)) {
      const other = { ...this.newEnvelope(), id: this.dice.pick(device.sent).id };
      batch.push(other);
      this.note(other.digest, device);
    }
    if (this.dice.chance(0.7)) {
      const body = `${this.dice.random()} `.repeat(120);
      const unread = { ...this.newEnvelope(), protocol: MAX_PROTOCOL, body, digest: sha256(body) };
      batch.push(unread);
      this.note(unread.id, device);
    }
    device.sent.push(...fresh);
    const results = await this.receive(batch.map(readEnvelope));
    const refused = results.find(({ result }) => result === 'refused');
    if (refused) throw new Error(`refused: ${JSON.stringify(refused)}`);
    // Nothing else came until then: the tallies change by this batch alone.
    if (this.isFolding) await this.storage.foldResponses(500, COUNTING);
    device.revision += 1;
    await this.report([
      {
        id: device.reportId,
        channel: CHANNEL.code,
        revision: device.revision,
        finished: device.sent.length,
        acknowledged: device.sent.length,
        waiting: 0,
        refused: 0,
        oldestWaitingHours: null,
        refusedBecause: [],
        isStorageNearlyFull: false,
      },
    ]);
    this.note(device.reportId, device);
  }

  private note(row: string, { number }: Device): void {
    this.batchOf.set(row, this.batches);
    this.deviceOf.set(row, number);
  }

  private newEnvelope(): Envelope {
    const answers = IIT.items.map(({ code }) => [code, this.dice.between(1, 2)] as const);
    const { combination, respondent, language } = this.newPerson();
    const content = response(IIT, { answers: Object.fromEntries(answers), respondent, language });
    const made = { ...envelope(0, CHANNEL.code, content), id: this.dice.uuid() };
    this.combinationOf.set(made.id, combination);
    return made;
  }

  /** Somebody who said of themselves what nobody said before. */
  private newPerson() {
    const known = new Set(this.combinationOf.values());
    for (;;) {
      const said = IIT.fields.map(({ options }) =>
        this.people.between(1, options === 'departments' ? 3 : options),
      );
      const language = this.people.pick(LANGUAGES);
      const combination = combinationText({ said, language, marks: [] });
      const respondent = Object.fromEntries(
        IIT.fields.map(({ code }, at) => [code, said[at] ?? null]),
      );
      if (!known.has(combination)) return { combination, respondent, language };
    }
  }
}

/** What stands for a row in the bytes of a database: a UUID, a digest, or in the tallies what people said of themselves. */
export const ROWS =
  /\[\[\d+(?:,\d+)*\],"[a-z]{2}",\[\]\]|[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}|[0-9a-f]{64}/g;
