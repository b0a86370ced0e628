import { createLimits } from '#server/limits/limits.ts';
import { cryptoRandomness } from '#server/randomness.ts';
import { createKnownSealKeys } from '#server/sealing/known-seal-keys.ts';
import type { AppEffects } from '#server/http/effects.ts';
import type { Storage } from '#server/storage/storage.ts';
import { eit, iit } from '../../core/instruments/known-instruments.ts';

const unused = (): never => {
  throw new Error('not part of receiving');
};

/** What the server's app needs to take responses, and nothing of what the office sees or does. */
export const receivingEffects = (storage: Storage, now: () => number, epoch: string) =>
  ({
    storage,
    accounts: {
      backupCodes: { left: unused, meant: unused, renew: unused },
      exist: unused,
      create: unused,
      signIn: unused,
      hashPassword: unused,
      find: unused,
      findStill: unused,
      isThere: unused,
      signOut: unused,
      enterCode: unused,
      awaited: unused,
      changePassword: unused,
      enrol: unused,
      isEnrolment: unused,
      confirmEnrolment: unused,
      endTwoFactor: unused,
    },
    passkeys: { beginAdding: unused, add: unused, beginSignIn: unused, signIn: unused },
    codeUse: { count: unused, tellCounts: unused },
    failedAttempts: { count: unused, tellCounts: unused },
    sealKeys: createKnownSealKeys(storage),
    limits: createLimits({ storage, randomness: cryptoRandomness, sharedSecret: '', now }),
    workKey: 'of a test',
    now,
    randomness: cryptoRandomness,
    log: { info: () => undefined, error: unused },
    addressOf: () => 'a counter',
    judging: { judge: unused },
    readiness: unused,
    instruments: new Map([eit, iit].map((instrument) => [instrument.id, instrument])),
    oitInstruments: new Map(),
    templates: [],
    reportWords: unused,
    pages: {
      survey: unused,
      plainForm: unused,
      plainThanks: unused,
      kiosk: unused,
      admin: unused,
      display: unused,
      styleHash: null,
    },
    staticFiles: new Map(),
    newerFile: () => null,
    publicUrl: 'http://localhost:8080',
    standing: { epoch, reofferDays: 14 },
    floodAbove: 1_000,
    minimumClientProtocol: 1,
  }) satisfies AppEffects;
