/**
 * Why the browser gave no passkey. cancelled: by whom it was asked, or nobody answered in time, which browsers do not tell
 * apart; known: this device has one of the account; place: the page's address is not the passkeys'; failed: all else.
 */
export type PasskeyTrouble = 'cancelled' | 'known' | 'place' | 'failed';

/** By the names of the DOM's exceptions (WebAuthn level 3, sections 5.1.3 and 5.1.4). */
const TROUBLES: Readonly<Record<string, PasskeyTrouble>> = {
  NotAllowedError: 'cancelled',
  AbortError: 'cancelled',
  InvalidStateError: 'known',
  SecurityError: 'place',
};

export const troubleOf = (error: unknown): PasskeyTrouble =>
  (error instanceof Error && TROUBLES[error.name]) || 'failed';
