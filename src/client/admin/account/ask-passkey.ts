// What is asked of the browser about passkeys. A page of its own for the bundler: most people never load the library.
import {
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser';
import type { PasskeyCreation, PasskeyRequest } from '#core/contract/passkeys.ts';
import { type PasskeyTrouble, troubleOf } from './passkey-trouble.ts';

/** What came of it. */
export type Asked<Credential> =
  | { state: 'done'; passkey: Credential }
  | { state: 'trouble'; trouble: PasskeyTrouble };

async function asked<Credential>(asking: Promise<Credential>): Promise<Asked<Credential>> {
  try {
    return { state: 'done', passkey: await asking };
  } catch (error) {
    return { state: 'trouble', trouble: troubleOf(error) };
  }
}

/** Has the browser make a passkey. */
export const makePasskey = (
  optionsJSON: PasskeyCreation,
): Promise<Asked<RegistrationResponseJSON>> => asked(startRegistration({ optionsJSON }));

/** Has the browser sign in with one. */
export const provePasskey = (
  optionsJSON: PasskeyRequest,
): Promise<Asked<AuthenticationResponseJSON>> => asked(startAuthentication({ optionsJSON }));
