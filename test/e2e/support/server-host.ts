import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const SERVE = fileURLToPath(new URL('serve.ts', import.meta.url));

/** What its process is told: to start a server with these variables, or to end it. */
export type Word = { begin: Record<string, string> } | 'end';

/** What it answers once that is done. */
export type Answer = { setUpLink: string } | { problem: string };

/** Those that have no server now. */
const resting: ServerHost[] = [];

/**
 * A process that starts one server after the other: to read the server's modules anew takes longer than all else of a start. Nothing of a
 * server is left when it has ended.
 */
export class ServerHost {
  readonly child: ChildProcess;
  #said = '';

  private constructor() {
    this.child = spawn('node', [SERVE], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        this.#said += chunk.toString();
      });
  }

  /** One that rests, or a new one. */
  static take(): ServerHost {
    const host = resting.pop();
    return host?.child.connected ? host : new ServerHost();
  }

  /** Starts the server that these variables configure; resolves to the link for its first admin, once it listens. */
  async begin(environment: Record<string, string>): Promise<string> {
    return this.#ask({ begin: environment });
  }

  /** Ends the server. The process rests until the next. */
  async rest(): Promise<void> {
    await this.#ask('end');
    resting.push(this);
  }

  async #ask(word: Word): Promise<string> {
    const { child } = this;
    const answer = await new Promise<Answer>((resolve, reject) => {
      const gone = () => reject(new Error(`the process of the server ended:\n${this.#said}`));
      child.once('exit', gone);
      child.once('message', (told: Answer) => {
        child.off('exit', gone);
        resolve(told);
      });
      child.send(word);
    });
    if ('problem' in answer) throw new Error(answer.problem);
    return answer.setUpLink;
  }
}
