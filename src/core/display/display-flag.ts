/**
 * How a response came where the counter has a display. display: by a code of it, in time; poster: without one;
 * old-code: by a code of another time; wrong-code: by one that this display never showed.
 */
export const DISPLAY_FLAGS = ['display', 'poster', 'old-code', 'wrong-code'] as const;

export type DisplayFlag = (typeof DISPLAY_FLAGS)[number];

/** Those that make one look twice: whoever came by a poster did as they were asked. */
export const DOUBTFUL_FLAGS: readonly DisplayFlag[] = ['old-code', 'wrong-code'];
