import type { Context, Env } from 'hono';
import type { Assessment, Template } from '#core/contract/assessment.ts';
import type { AuditAction, AuditDetails } from '#core/contract/audit.ts';
import type { ServerStanding } from '#core/contract/epoch.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import type { OitInstrument } from '#core/instruments/oit/oit-instrument.ts';
import type { FailedAttempts, Tried } from '../auditing/failed-attempts.ts';
import type { Accounts, Found } from '../auth/accounts.ts';
import type { Passkeys } from '../auth/passkeys.ts';
import type { SignedIn } from '../auth/signed-in.ts';
import type { Judging } from '../counting/judging.ts';
import type { WordsFor } from '../export/report-words.ts';
import type { HandledRequest } from '../metrics/request-counts.ts';
import type { Pages } from '../pages/pages.ts';
import type { StaticFile } from '../pages/static-files.ts';
import type { Randomness } from '../randomness.ts';
import type { Readiness } from '../readiness.ts';
import type { CodeUse } from '../receiving/code-use.ts';
import type { KnownSealKeys } from '../sealing/known-seal-keys.ts';
import type { Limits } from '../limits/limits.ts';
import type { Storage } from '../storage/storage.ts';

/** What a handler adds to the log's entry of its request. */
export interface Audited {
  /** An assessment's id, where the path does not name it. */
  assessment?: string;
  details?: AuditDetails;
}

/** What somebody tried who is refused as sign-in-failed, as the log counts it. */
export interface Attempt {
  action: AuditAction;
  tried: Tried;
}

/** What a request carries from a guard to its handler, and back. */
export interface AppEnv extends Env {
  /** `found`: where the request has a session. */
  Variables: {
    signedIn: SignedIn;
    found?: Found;
    audited?: Audited;
    /** Notes down what a public route is about to change. @see tellOf */
    beginAct: () => Promise<void>;
    attempt?: Attempt;
  };
}

export type AppContext = Context<AppEnv>;

/** A line of the log. `fields` hold nothing about a person or a device. */
export interface Log {
  info(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Everything the HTTP app needs of the world. */
export interface AppEffects {
  storage: Storage;
  judging: Pick<Judging, 'judge'>;
  readiness: () => Promise<Readiness>;
  /** Hears of each request once it is answered. Left out: nobody does. */
  onHandled?: (request: HandledRequest) => void;
  /** Hears of an assessment that somebody looks at while responses wait for its tallies, with the instruments that have none. Left out: nobody does. */
  onWaiting?: (assessment: Assessment, uncounted: readonly string[]) => void;
  accounts: Accounts;
  passkeys: Passkeys;
  failedAttempts: FailedAttempts;
  sealKeys: KnownSealKeys;
  codeUse: CodeUse;
  limits: Limits;
  /** What challenges are signed with, the same in all server processes on this database. */
  workKey: string;
  /** Milliseconds since 1970. */
  now: () => number;
  randomness: Randomness;
  log: Log;
  /** The address a request came from, for the limits alone; any text that stands for one sender. */
  addressOf: (context: AppContext) => string;
  instruments: ReadonlyMap<string, Instrument>;
  oitInstruments: ReadonlyMap<string, OitInstrument>;
  templates: readonly Template[];
  pages: Pages;
  reportWords: WordsFor;
  /** By URL path. */
  staticFiles: ReadonlyMap<string, StaticFile>;
  /** One that a build made since, by its name under /assets/. */
  newerFile: (name: string) => StaticFile | null;
  /** Without a slash at its end; what QR codes begin with. */
  publicUrl: string;
  /** What every device is told of this server. */
  standing: ServerStanding;
  /** How many responses of a channel may come at once before work is wanted of who sends them. */
  floodAbove: number;
  /** The oldest PROTOCOL of a build that may still talk to this server. */
  minimumClientProtocol: number;
}
