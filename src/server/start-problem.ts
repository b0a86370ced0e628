/** Why the server cannot start, as one sentence that says the mend. Whoever runs it reads the message and no stack. */
export class StartProblem extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'StartProblem';
  }
}
