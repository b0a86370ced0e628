/** Why the server cannot start, as one sentence that says the mend. Whoever runs it reads the message and no stack. */
export class StartProblem extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'StartProblem';
  }
}

/** A setting that no start can use: only a person mends it, so that whatever starts the server again need not (docs/deploy/sucharit@.service). */
export class SettingProblem extends StartProblem {
  /** What systemd calls CONFIG. */
  static readonly exitCode = 78;
}
