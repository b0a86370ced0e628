/** Why the demo cannot go on, as one sentence that says the mend. Whoever runs it reads the message and no stack. */
export class DemoProblem extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'DemoProblem';
  }
}
