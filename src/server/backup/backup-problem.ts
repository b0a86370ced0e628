/** Why there is no backup, or no restore, as one sentence that says the mend. Whoever runs it reads the message and no stack. */
export class BackupProblem extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'BackupProblem';
  }
}
