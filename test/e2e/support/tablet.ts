/** The tablet at a counter. */
export const TABLET = {
  viewport: { width: 768, height: 1024 },
  hasTouch: true,
  isMobile: false,
} as const;
