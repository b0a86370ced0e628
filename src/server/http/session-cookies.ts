import type { AppContext } from './effects.ts';

/** Passes the cookies that better-auth made on to the browser. */
export function setCookies(context: AppContext, cookies: readonly string[]): void {
  for (const cookie of cookies) context.header('set-cookie', cookie, { append: true });
}
