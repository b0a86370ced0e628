// What the pages of people, of one's own account and of the log ask of the server.
import * as z from 'zod/mini';
import {
  codeNeededSchema,
  recoveringSchema,
  type RecoveryRequest,
  sessionSchema,
  type Session,
  type SetUp,
  type SignIn,
} from '#core/contract/account.ts';
import {
  type AuditChoices,
  auditChoicesSchema,
  type AuditHead,
  type AuditLook,
  auditLookSchema,
  type AuditPage,
  auditPageSchema,
  type AuditSearch,
} from '#core/contract/audit.ts';
import {
  backupCodesSchema,
  type Enrolment,
  enrolmentSchema,
  joiningSchema,
  type MadeInvitation,
  madeInvitationSchema,
  type OwnAccount,
  ownAccountSchema,
  type PasswordChange,
  type People,
  peopleSchema,
  type Person,
  type RightsChange,
  type RoleChoice,
} from '#core/contract/people.ts';
import {
  type PasskeyAddition,
  type PasskeyCreation,
  passkeyCreationSchema,
  type PasskeyProof,
  type PasskeyRequest,
  passkeyRequestSchema,
} from '#core/contract/passkeys.ts';
import type { Watch } from './download.ts';
import { searchQuery } from './audit/search-query.ts';
import { rightsTag } from '#core/contract/rights-tag.ts';
import type { Role } from '#core/contract/role.ts';

/** Part of Api; every method rejects with ApiError and nothing else. */
export interface PeopleApi {
  /** Signs in, unless a code is asked for besides: enterCode() goes on then. */
  signIn(credentials: SignIn): Promise<Session | { needsCode: true }>;
  enterCode(code: string): Promise<Session>;
  /** Begins a sign-in with a passkey: what to ask the browser for, within five minutes. */
  passkeyRequest(): Promise<PasskeyRequest>;
  signInWithPasskey(proof: PasskeyProof): Promise<Session>;
  /** What the link of an invitation makes. */
  joining(token: string): Promise<{ role: Role }>;
  join(account: SetUp): Promise<Session>;
  /** Whose account the link of `npm run recover` leads back into. */
  recovering(token: string): Promise<{ name: string }>;
  recover(recovery: RecoveryRequest): Promise<Session>;

  people(): Promise<People>;
  /** Another role, another branch, or both; refused as changed-meanwhile if `person` has others than these by now. */
  changeRights(person: Person, change: RightsChange): Promise<void>;
  removePerson(id: string): Promise<void>;
  /** Takes codes and passkeys off somebody else, and ends their sessions. */
  endSecondFactor(id: string): Promise<void>;
  /** The link is in the reply, and nowhere else. */
  invite(choice: RoleChoice): Promise<MadeInvitation>;
  withdrawInvitation(id: string): Promise<void>;

  ownAccount(): Promise<OwnAccount>;
  endSession(id: string): Promise<void>;
  changePassword(change: PasswordChange): Promise<void>;
  enrol(password: string): Promise<Enrolment>;
  confirmEnrolment(enrolment: string, code: string): Promise<void>;
  /** Resolves to new backup codes; those of before open nothing any more. */
  renewBackupCodes(password: string): Promise<readonly string[]>;
  endTwoFactor(password: string): Promise<void>;
  /** Begins to add a passkey: what to ask the browser for, within five minutes. */
  beginPasskey(password: string): Promise<PasskeyCreation>;
  addPasskey(addition: PasskeyAddition): Promise<void>;
  renamePasskey(id: string, name: string): Promise<void>;
  removePasskey(id: string): Promise<void>;

  /** The newest entries of the log that are looked for, or the newest of lower numbers. */
  audit(search: AuditSearch, before?: number): Promise<AuditPage>;
  /** What one can look for. */
  auditChoices(): Promise<AuditChoices>;
  /** Has the server look at the next part of its log; `from`: the last entry that it has looked at. */
  lookAtAudit(from: AuditHead | null): Promise<AuditLook>;
  /** The whole log as a file. */
  exportAudit(): Promise<Blob>;
}

/** How to ask: with a parsed reply, with none, or for a file. */
export interface Asking {
  ask: <Schema extends z.ZodMiniType>(
    schema: Schema,
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<z.output<Schema>>;
  request: (
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<unknown>;
  file: (path: string, watch?: Watch) => Promise<Blob>;
}

const signInReplySchema = z.union([codeNeededSchema, sessionSchema]);

const at = (collection: string, id: string) => `/${collection}/${encodeURIComponent(id)}`;

export function createPeopleApi({ ask, request, file }: Asking): PeopleApi {
  async function tell(method: string, path: string, body?: unknown): Promise<void> {
    await request(method, path, body);
  }

  return {
    signIn: (credentials) => ask(signInReplySchema, 'POST', '/session', credentials),
    enterCode: (code) => ask(sessionSchema, 'POST', '/session/code', { code }),
    passkeyRequest: () => ask(passkeyRequestSchema, 'POST', '/session/passkey/challenge'),
    signInWithPasskey: (proof) => ask(sessionSchema, 'POST', '/session/passkey', proof),
    joining: (token) => ask(joiningSchema, 'GET', `/join?token=${encodeURIComponent(token)}`),
    join: (account) => ask(sessionSchema, 'POST', '/join', account),

    recovering: (token) =>
      ask(recoveringSchema, 'GET', `/recovery?token=${encodeURIComponent(token)}`),
    recover: (recovery) => ask(sessionSchema, 'POST', '/recovery', recovery),

    people: () => ask(peopleSchema, 'GET', '/people'),
    async changeRights(person, change) {
      const headers = { 'if-match': `"${rightsTag(person)}"` };
      await request('PATCH', at('people', person.id), change, headers);
    },
    removePerson: (id) => tell('DELETE', at('people', id)),
    endSecondFactor: (id) => tell('DELETE', `${at('people', id)}/second-factor`),
    invite: (choice) => ask(madeInvitationSchema, 'POST', '/invitations', choice),
    withdrawInvitation: (id) => tell('DELETE', at('invitations', id)),

    ownAccount: () => ask(ownAccountSchema, 'GET', '/account'),
    endSession: (id) => tell('DELETE', at('account/sessions', id)),
    changePassword: (change) => tell('PUT', '/account/password', change),
    enrol: (password) => ask(enrolmentSchema, 'POST', '/account/two-factor', { password }),
    confirmEnrolment: (enrolment, code) =>
      tell('POST', '/account/two-factor/confirmation', { enrolment, code }),
    async renewBackupCodes(password) {
      const path = '/account/two-factor/backup-codes';
      return (await ask(backupCodesSchema, 'POST', path, { password })).backupCodes;
    },
    endTwoFactor: (password) => tell('POST', '/account/two-factor/end', { password }),
    beginPasskey: (password) =>
      ask(passkeyCreationSchema, 'POST', '/account/passkeys/challenge', { password }),
    addPasskey: (addition) => tell('POST', '/account/passkeys', addition),
    renamePasskey: (id, name) => tell('PATCH', at('account/passkeys', id), { name }),
    removePasskey: (id) => tell('DELETE', at('account/passkeys', id)),

    audit(search, before) {
      const query = searchQuery(search);
      if (before !== undefined) query.set('before', String(before));
      return ask(auditPageSchema, 'GET', `/audit?${query}`);
    },
    auditChoices: () => ask(auditChoicesSchema, 'GET', '/audit/choices'),
    lookAtAudit: (from) =>
      ask(
        auditLookSchema,
        'GET',
        `/audit/verification${from ? `?after=${from.number}&hash=${from.hash}` : ''}`,
      ),
    exportAudit: () => file('/audit/export'),
  };
}
