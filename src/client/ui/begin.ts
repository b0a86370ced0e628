/**
 * Begins, and has what fails told as a failure of this script: a promise that nobody caught does not say whose it is.
 * @see public/cannot-start.js
 */
export function begin(start: () => Promise<void>): void {
  start().catch((failure: unknown) =>
    setTimeout(() => {
      throw new Error(String(failure));
    }),
  );
}
