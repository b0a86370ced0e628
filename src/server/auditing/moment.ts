/** A moment (milliseconds since 1970) as the log has it: ISO, UTC, to the second. */
export const momentOf = (now: number) => `${new Date(now).toISOString().slice(0, 19)}Z`;
