import type { Kysely, Selectable } from 'kysely';
import * as z from 'zod/mini';
import type { KioskChange, NewKiosk } from '#core/contract/kiosk.ts';
import type { PinLock } from '#core/kiosk/pin.ts';
import { appendAudit, type AuditNote } from './audit-rows.ts';
import { insertOfAssessment } from './insert-of-assessment.ts';
import type { Tables } from './tables.ts';

/** A counter's tablet as stored. `linkExpiresAt`: ISO, UTC; null once its link was opened. `seenOn`: ISO day in Thailand. */
export interface StoredKiosk extends Omit<NewKiosk, 'pin'> {
  id: string;
  assessment: string;
  pin: PinLock;
  linkExpiresAt: string | null;
  isEnrolled: boolean;
  seenOn: string | null;
}

/** SHA-256 of the token of a link, which is good until then (ISO, UTC). */
export interface StoredKioskLink {
  hash: string;
  expiresAt: string;
}

export type KioskToAdd = Pick<StoredKiosk, 'id' | 'name' | 'channels' | 'idleSeconds' | 'pin'>;

/** `pin`: left out where the one that is stored stays. */
export type StoredKioskChange = Omit<KioskChange, 'pin'> & { pin?: PinLock };

/** A tablet that opens its link, and by the hash of what it will be known. */
export interface KioskEnrolment {
  linkHash: string;
  tokenHash: string;
  /** ISO, UTC, and the day of it in Thailand. */
  now: string;
  day: string;
  /** What the log tells of it. */
  noteOf: (kiosk: Pick<StoredKiosk, 'assessment' | 'name'>) => AuditNote;
}

/** Part of Storage: the tablets at counters. Nothing leads from here to a response. */
export interface KioskStorage {
  /** Those of an assessment, by name. */
  listKiosks(assessment: string): Promise<StoredKiosk[]>;
  /** False if there is no such assessment. */
  addKiosk(assessment: string, kiosk: KioskToAdd, link: StoredKioskLink): Promise<boolean>;
  /** False if the assessment has none of that id; here and below. */
  changeKiosk(assessment: string, id: string, change: StoredKioskChange): Promise<boolean>;
  /** Another link in the place of one that nobody opened; a tablet that is enrolled stays so until the link is opened. */
  renewKioskLink(assessment: string, id: string, link: StoredKioskLink): Promise<boolean>;
  removeKiosk(assessment: string, id: string): Promise<boolean>;
  /**
   * Takes the link away and tells the log; whatever tablet was known before no longer is. Null where the link is not good,
   * unless the same tablet opened it before.
   */
  enrolKiosk(enrolment: KioskEnrolment): Promise<StoredKiosk | null>;
  /** The one that is known by that hash; it was there on that day. */
  meetKiosk(tokenHash: string, day: string): Promise<StoredKiosk | null>;
}

const channelsSchema = z.array(z.string());

function kioskOf(row: Selectable<Tables['kiosks']>): StoredKiosk {
  return {
    id: row.id,
    assessment: row.assessment_id,
    name: row.name,
    channels: channelsSchema.parse(JSON.parse(row.channels)),
    idleSeconds: row.idle_seconds,
    pin: { salt: row.pin_salt, hash: row.pin_hash },
    linkExpiresAt: row.link_expires_at,
    isEnrolled: row.token_hash !== null,
    seenOn: row.seen_on,
  };
}

export function createKioskStorage(database: Kysely<Tables>): KioskStorage {
  async function change(
    assessment: string,
    id: string,
    values: Partial<Tables['kiosks']>,
  ): Promise<boolean> {
    const { numUpdatedRows } = await database
      .updateTable('kiosks')
      .set(values)
      .where('assessment_id', '=', assessment)
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    return numUpdatedRows === 1n;
  }

  return {
    async listKiosks(assessment) {
      const rows = await database
        .selectFrom('kiosks')
        .selectAll()
        .where('assessment_id', '=', assessment)
        .execute();
      return rows.map(kioskOf).sort((a, b) => a.name.localeCompare(b.name, 'th'));
    },
    async addKiosk(assessment, { id, name, channels, idleSeconds, pin }, link) {
      const { numInsertedOrUpdatedRows } = await insertOfAssessment(
        database,
        'kiosks',
        assessment,
        {
          id,
          name,
          channels: JSON.stringify(channels),
          idle_seconds: idleSeconds,
          pin_salt: pin.salt,
          pin_hash: pin.hash,
          link_hash: link.hash,
          link_expires_at: link.expiresAt,
        },
      ).executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows === 1n;
    },
    changeKiosk: (assessment, id, { name, channels, idleSeconds, pin }) =>
      change(assessment, id, {
        name,
        channels: JSON.stringify(channels),
        idle_seconds: idleSeconds,
        ...(pin && { pin_salt: pin.salt, pin_hash: pin.hash }),
      }),
    renewKioskLink: (assessment, id, { hash, expiresAt }) =>
      change(assessment, id, { link_hash: hash, link_expires_at: expiresAt }),
    async removeKiosk(assessment, id) {
      const { numDeletedRows } = await database
        .deleteFrom('kiosks')
        .where('assessment_id', '=', assessment)
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      return numDeletedRows === 1n;
    },
    enrolKiosk: ({ linkHash, tokenHash, now, day, noteOf }) =>
      database.transaction().execute(async (transaction) => {
        // Changes nothing, but whoever else opens the link waits here, and then finds it used.
        const linked = await transaction
          .updateTable('kiosks')
          .set((column) => ({ link_hash: column.ref('link_hash') }))
          .where('link_hash', '=', linkHash)
          .where('link_expires_at', '>', now)
          .returning('id')
          .executeTakeFirst();
        // One tablet is at one place: it leaves the one before.
        if (linked)
          await transaction
            .updateTable('kiosks')
            .set({ token_hash: null })
            .where('token_hash', '=', tokenHash)
            .execute();
        const enrolled = await transaction
          .updateTable('kiosks')
          .set({
            token_hash: tokenHash,
            link_hash: null,
            link_expires_at: null,
            seen_on: day,
          })
          .where('link_hash', '=', linkHash)
          .where('link_expires_at', '>', now)
          .returningAll()
          .executeTakeFirst();
        if (enrolled) {
          await appendAudit(transaction, noteOf(kioskOf(enrolled)));
          return kioskOf(enrolled);
        }
        const known = await transaction
          .selectFrom('kiosks')
          .selectAll()
          .where('token_hash', '=', tokenHash)
          .executeTakeFirst();
        return known ? kioskOf(known) : null;
      }),
    async meetKiosk(tokenHash, day) {
      const row = await database
        .selectFrom('kiosks')
        .selectAll()
        .where('token_hash', '=', tokenHash)
        .executeTakeFirst();
      if (!row) return null;
      if (row.seen_on !== day)
        await database
          .updateTable('kiosks')
          .set({ seen_on: day })
          .where('token_hash', '=', tokenHash)
          .execute();
      return kioskOf({ ...row, seen_on: day });
    },
  };
}
