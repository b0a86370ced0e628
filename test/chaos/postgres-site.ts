import { setTimeout as pause } from 'node:timers/promises';
import { ChaosCluster } from './cluster.ts';
import { ChaosServer } from './server.ts';
import { readStored, type Chance, type Site, type Stored, type Trouble } from './site.ts';

const SERVERS = 2;

/** Two servers on one PostgreSQL, which every request reaches by turns. */
export class PostgresSite implements Site {
  readonly servers: readonly ChaosServer[];
  readonly troubles: readonly Trouble[];
  readonly #cluster: ChaosCluster;
  #turn = 0;

  private constructor(cluster: ChaosCluster, servers: readonly ChaosServer[]) {
    this.#cluster = cluster;
    this.servers = servers;
    const killServer: Trouble = async (chance) => chance.dice.pick(this.servers).suffer(chance);
    const killPostgres: Trouble = async (chance) => this.#killPostgres(chance);
    const lock: Trouble = async (chance) => this.#lock(chance);
    const endConnections: Trouble = async (chance) => this.#endConnections(chance);
    this.troubles = [killServer, killServer, killPostgres, endConnections, lock];
  }

  /** With `from` it begins as a copy of that site, which is stopped. */
  static async create({ from, script }: { from?: PostgresSite; script?: string | undefined } = {}) {
    const cluster = await ChaosCluster.create(from ? from.#cluster : undefined);
    // All begin with one folder: they share the key of the sessions.
    const beginning = { from: from?.first.dataFolder, script, databaseUrl: cluster.url };
    const servers = Array.from({ length: SERVERS }, async () => ChaosServer.create(beginning));
    return new PostgresSite(cluster, await Promise.all(servers));
  }

  get first(): ChaosServer {
    const [first] = this.servers;
    if (!first) throw new Error('no server');
    return first;
  }

  url(): string | null {
    this.#turn += 1;
    const urls = this.servers.flatMap(({ url }) => url ?? []);
    return urls[this.#turn % urls.length] ?? null;
  }

  async start(publicUrl: string): Promise<void> {
    for (const server of this.servers) server.publicUrl = publicUrl;
    await Promise.all(this.servers.map(async (server) => server.start()));
  }

  /** PostgreSQL goes as with the power, or begins anew because one of its processes died. */
  async #killPostgres({ dice, tally }: Chance): Promise<void> {
    if (dice.chance(0.3)) {
      tally.add('fault: backend of PostgreSQL killed');
      await this.#cluster.killBackend();
      await pause(dice.between(100, 600));
      return;
    }
    tally.add('fault: PostgreSQL killed');
    this.#cluster.kill();
    await pause(dice.between(0, 300));
    await this.#cluster.start();
  }

  async #endConnections({ tally }: Chance): Promise<void> {
    tally.add('fault: connections to PostgreSQL ended');
    await this.#cluster.endConnections();
  }

  async #lock({ dice, tally }: Chance): Promise<void> {
    tally.add('fault: table locked');
    await this.#cluster.lockFor(dice.between(50, 600));
  }

  async backup(): Promise<string> {
    return this.#cluster.backup();
  }

  async restore(backup: string, { dice, tally }: Chance): Promise<void> {
    const signal = dice.pick(['SIGTERM', 'SIGKILL'] as const);
    await Promise.all(this.servers.map(async (server) => server.stop(signal)));
    if (dice.chance(0.5)) {
      tally.add('fault: older base backup restored');
      await this.#cluster.restore(backup);
    } else {
      tally.add('fault: gone back to a snapshot of PostgreSQL');
      await this.#cluster.goBack(backup);
    }
    await Promise.all(this.servers.map(async (server) => server.start()));
  }

  /** PostgreSQL goes on, to be read. */
  async stop(): Promise<void> {
    await Promise.all(this.servers.map(async (server) => server.stop()));
  }

  /** Stops PostgreSQL too, so that copies can be made of it. */
  async rest(): Promise<void> {
    await this.stop();
    await this.#cluster.stop();
  }

  async read(): Promise<Stored> {
    return readStored(async (question) => this.#cluster.ask(question));
  }

  async remove(): Promise<void> {
    await Promise.all(this.servers.map(async (server) => server.remove()));
    await this.#cluster.remove();
  }
}
