/** So long something may take that others do meanwhile, where the machine is busy: what hangs is ended by it, and not what is slow. */
export const PATIENCE = { timeout: 20_000 };
