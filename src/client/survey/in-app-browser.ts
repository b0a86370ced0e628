/** Apps that show pages in a window of their own, which keeps nothing once it is closed. */
export type InAppBrowser = 'LINE' | 'Facebook' | 'Instagram' | 'WeChat';

const SIGNS: readonly (readonly [InAppBrowser, RegExp])[] = [
  ['LINE', /\bLine\/\d/i],
  ['Instagram', /\bInstagram\b/],
  ['Facebook', /\bFB(AN|AV|_IAB)\b|\bFBAN\//],
  ['WeChat', /\bMicroMessenger\//i],
];

/** The app whose window this is, by its user agent (read here and nowhere kept); null in a real browser. */
export function inAppBrowserOf(userAgent: string): InAppBrowser | null {
  return SIGNS.find(([, sign]) => sign.test(userAgent))?.[0] ?? null;
}

/** The address that makes LINE open the phone's own browser. */
export function inRealBrowser(address: string): string {
  const url = new URL(address);
  url.searchParams.set('openExternalBrowser', '1');
  return url.href;
}
