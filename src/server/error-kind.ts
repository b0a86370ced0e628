/** The code of the error, or of what it was made of: SQLITE_FULL, ENOSPC. */
function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return codeOf(error.cause);
}

/** What the log may know of an error: its kind. Its message stays out: a parser or a database repeats there what was sent. */
export function kindOf(error: unknown): { error: string; code?: string } {
  const code = codeOf(error);
  return {
    error: error instanceof Error ? error.name : typeof error,
    ...(code !== undefined && { code }),
  };
}
