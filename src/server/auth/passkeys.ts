import {
  type MadePasskey,
  type PasskeyAddition,
  type PasskeyCreation,
  passkeyCreationSchema,
  type PasskeyProof,
  type PasskeyRequest,
  passkeyRequestSchema,
} from '#core/contract/passkeys.ts';
import { APIError } from 'better-auth/api';
import type { Auth } from './better-auth.ts';
import { refusalAsNull } from './refusal.ts';
import { signedInBy, type SignedIn } from './signed-in.ts';

/** What the browser is asked for, and the cookie by which its answer is known; both work once, for five minutes. */
export interface Challenge<Options> {
  options: Options;
  cookies: string[];
}

/**
 * Signing in with a passkey, by better-auth's plugin. `cookie`: a request's Cookie header. `origin`: where people open our
 * pages, which the browser has to name too.
 */
export interface Passkeys {
  /** Begins to add one to the account that is signed in; null if the password is wrong. */
  beginAdding(cookie: string, password: string): Promise<Challenge<PasskeyCreation> | null>;
  /** False where it is not what was asked for: of another challenge, place or account, or of nobody who was verified. */
  add(cookie: string, origin: string, addition: PasskeyAddition): Promise<boolean>;
  /** Begins a sign-in: any passkey of this place is good. */
  beginSignIn(): Promise<Challenge<PasskeyRequest>>;
  /** Signs the passkey's account in. unknown: no account has it; null: it does not prove what it should. */
  signIn(cookie: string, origin: string, proof: PasskeyProof): Promise<SignedIn | 'unknown' | null>;
}

/** better-auth tells so of a passkey that it could not verify, with the status of a fault of its own. */
const UNVERIFIED = 'FAILED_TO_VERIFY_REGISTRATION';

const codeOf = (error: unknown) => (error instanceof APIError ? error.body?.code : undefined);

/** Extensions are not asked for; the libraries want the field. */
const withoutExtensions = <Credential extends MadePasskey | PasskeyProof>(
  credential: Credential,
) => ({
  ...credential,
  clientExtensionResults: {},
});

export function createPasskeys(auth: Auth): Passkeys {
  /** Challenges that nobody answered: anybody may ask for one. */
  async function forgetExpired(): Promise<void> {
    const { adapter } = await auth.$context;
    await adapter.deleteMany({
      model: 'verification',
      where: [{ field: 'expiresAt', operator: 'lt', value: new Date() }],
    });
  }

  return {
    async beginAdding(cookie, password) {
      const headers = new Headers({ cookie });
      const proven = await refusalAsNull(auth.api.verifyPassword({ body: { password }, headers }));
      const session = proven && (await refusalAsNull(auth.api.getSession({ headers })));
      if (!session) return null;
      await forgetExpired();
      const answer = await auth.api.generatePasskeyRegistrationOptions({
        headers,
        returnHeaders: true,
      });
      const { user, ...options } = answer.response;
      // better-auth would show the made-up mail address.
      const { name } = session.user;
      return {
        options: passkeyCreationSchema.parse({
          ...options,
          user: { ...user, name, displayName: name },
        }),
        cookies: answer.headers.getSetCookie(),
      };
    },

    async add(cookie, origin, { name, passkey }) {
      const adding = auth.api.verifyPasskeyRegistration({
        body: { name, response: withoutExtensions(passkey) },
        headers: new Headers({ cookie, origin }),
      });
      const added = await refusalAsNull(
        adding.catch((error: unknown) => {
          if (codeOf(error) === UNVERIFIED) return null;
          throw error;
        }),
      );
      return added !== null;
    },

    async beginSignIn() {
      await forgetExpired();
      const answer = await auth.api.generatePasskeyAuthenticationOptions({ returnHeaders: true });
      return {
        options: passkeyRequestSchema.parse({ ...answer.response, userVerification: 'required' }),
        cookies: answer.headers.getSetCookie(),
      };
    },

    async signIn(cookie, origin, proof) {
      const signingIn = auth.api.verifyPasskeyAuthentication({
        body: { response: withoutExtensions(proof) },
        headers: new Headers({ cookie, origin }),
        returnHeaders: true,
      });
      const answer = await refusalAsNull(
        signingIn.catch((error: unknown) => {
          if (codeOf(error) === 'PASSKEY_NOT_FOUND') return 'unknown' as const;
          throw error;
        }),
      );
      if (answer === null || answer === 'unknown') return answer;
      return signedInBy(answer.headers, answer.response.user);
    },
  };
}
