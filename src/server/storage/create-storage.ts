import type { Kysely } from 'kysely';
import { createAuditStorage } from './audit-storage.ts';
import {
  insertAssessment,
  isYearTaken,
  organizationOf,
  replaceAssessment,
  selectAssessments,
  selectLives,
} from './assessment-rows.ts';
import { replaceChecklist, selectChecklist } from './checklist-rows.ts';
import {
  deleteDisplay,
  offerDisplay,
  openDisplay,
  selectDisplay,
  selectDisplays,
} from './display-rows.ts';
import { createDeviceStorage } from './device-storage.ts';
import { replaceFigures, selectFigures } from './figures-rows.ts';
import { createFailedAttemptStorage } from './failed-attempt-rows.ts';
import { createTallyStorage } from './tally-storage.ts';
import { createKioskStorage } from './kiosk-rows.ts';
import { createLimitStorage } from './limit-rows.ts';
import { createSetUpTokenStorage } from './set-up-token-rows.ts';
import { deleteMeasure, insertMeasure, selectMeasures, updateMeasure } from './measure-rows.ts';
import { createOrganizationStorage } from './organization-rows.ts';
import { createPeopleStorage } from './people-storage.ts';
import { groupCommits } from './group-commits.ts';
import { removeDeleted } from './remove-assessments.ts';
import { countByChannel, countSetAside } from './count-by-channel.ts';
import { keepPartitions } from './partitions.ts';
import { createPlaces, ofChannels } from './places.ts';
import { keepResponses } from './response-rows.ts';
import { takingOf } from './taking.ts';
import { insertSealSecret, renewSealKey, selectSealSecret } from './seal-rows.ts';
import {
  addStaffCodes,
  demandStaffCodes,
  selectDemand,
  selectStaffCodes,
} from './staff-code-rows.ts';
import { moveQuarantined, selectQuarantined, selectSetAside } from './set-aside-rows.ts';
import type { Storage, StoredChannel, StoredResponse } from './storage.ts';
import type { Tables } from './tables.ts';

function channelOf(row: Tables['channels']): StoredChannel {
  const { code, assessment_id: assessment, instrument, department, service, state } = row;
  return { code, assessment, instrument, department, service, state };
}

const RESPONSE_COLUMNS = ['id', 'channel', 'day', 'digest', 'body', 'display'] as const;

const responseOf = ({
  display,
  ...response
}: Pick<Tables['responses'], (typeof RESPONSE_COLUMNS)[number]>): StoredResponse =>
  display === null ? response : { ...response, display };

/** Who hears of the transactions by which responses are to be kept. */
interface KeepingListener {
  onKept?: (rows: number) => void;
  onFailed?: (error: unknown) => void;
}

/** Storage on a database whose tables are up to date. `newId` makes random UUIDs. */
export function createStorage(
  database: Kysely<Tables>,
  newId: () => string,
  { onKept, onFailed }: KeepingListener = {},
): Storage {
  const findPlaces = createPlaces(database);
  const findPlacesOf = (kept: readonly { channel: string }[]) =>
    findPlaces([...new Set(kept.map(({ channel }) => channel))]);
  return {
    ...createKioskStorage(database),
    ...createLimitStorage(database),
    ...createFailedAttemptStorage(database),
    ...createSetUpTokenStorage(database),
    ...createOrganizationStorage(database),
    ...createTallyStorage(database, newId),
    ...createDeviceStorage(database, findPlaces),
    ...createPeopleStorage(database),
    ...createAuditStorage(database),
    async createAssessment(
      assessment,
      channels,
      { organization, checklist = null, measures = [], sealSecret = null, isFirstOfYear } = {},
    ) {
      await keepPartitions(database, [assessment.fiscalYear]);
      return database.transaction().execute(async (transaction) => {
        const { fiscalYear, organization: name } = assessment;
        const place = organization ?? (await organizationOf(transaction, name, newId));
        if (isFirstOfYear && (await isYearTaken(transaction, place, fiscalYear)))
          return 'year-taken';
        await insertAssessment(transaction, assessment, channels, place);
        if (sealSecret) await insertSealSecret(transaction, assessment.id, sealSecret);
        if (checklist) await replaceChecklist(transaction, assessment.id, null, checklist);
        for (const measure of measures) await insertMeasure(transaction, assessment.id, measure);
        return 'done';
      });
    },
    findSealSecret: (assessment) => selectSealSecret(database, assessment),
    renewSealKey: (assessment) => renewSealKey(database, assessment),
    readStaffCodes: (assessment) => selectStaffCodes(database, assessment),
    areStaffCodesDemanded: (assessment) => selectDemand(database, assessment),
    demandStaffCodes: (assessment, isDemanded, secret) =>
      database
        .transaction()
        .execute((transaction) => demandStaffCodes(transaction, assessment, isDemanded, secret)),
    addStaffCodes: (assessment, toAdd) =>
      database
        .transaction()
        .execute((transaction) => addStaffCodes(transaction, assessment, toAdd)),
    updateAssessment: (before, after, newChannels) =>
      database
        .transaction()
        .execute((transaction) => replaceAssessment(transaction, before, after, newChannels)),
    listAssessments: () => selectAssessments(database, null),
    listLives: () => selectLives(database),
    findAssessment: async (id) => (await selectAssessments(database, id))[0] ?? null,
    removeDeleted: (deletedUntil, moment) => removeDeleted(database, deletedUntil, moment),

    async findChannels(codes) {
      if (codes.length === 0) return [];
      const rows = await database
        .selectFrom('channels')
        .selectAll()
        .where('code', 'in', codes)
        .execute();
      return rows.map(channelOf);
    },
    async listChannels(assessment) {
      const rows = await database
        .selectFrom('channels')
        .selectAll()
        .where('assessment_id', '=', assessment)
        .execute();
      return rows
        .map(channelOf)
        .sort(
          (a, b) =>
            (a.department ?? 0) - (b.department ?? 0) || a.instrument.localeCompare(b.instrument),
        );
    },
    async changeChannel(code, { state, service }) {
      const row = await database
        .updateTable('channels')
        .set((column) => ({
          state: state ?? column.ref('state'),
          service: service === undefined ? column.ref('service') : service,
        }))
        .where('code', '=', code)
        .returningAll()
        .executeTakeFirst();
      return row ? channelOf(row) : null;
    },

    ...groupCommits(async (toKeep) => {
      const places = await findPlacesOf([...toKeep.responses, ...toKeep.quarantined]);
      const keepings = await database
        .transaction()
        .execute((transaction) => keepResponses(transaction, toKeep, places))
        .catch((error: unknown) => {
          onFailed?.(error);
          throw error;
        });
      onKept?.(toKeep.responses.length + toKeep.quarantined.length);
      return keepings;
    }),
    countResponses: async (channels) =>
      countByChannel(database, 'responses', await findPlaces(channels)),
    async readResponses({ channel, after, limit }) {
      const places = await findPlaces([channel]);
      if (places.size === 0) return [];
      const rows = await database
        .selectFrom('responses')
        .select(RESPONSE_COLUMNS)
        .where(ofChannels(places))
        .where('id', '>', after)
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(responseOf);
    },
    async listResponseIds(channel) {
      const places = await findPlaces([channel]);
      if (places.size === 0) return [];
      const rows = await database
        .selectFrom('responses')
        .select('id')
        .where(ofChannels(places))
        .execute();
      return rows.map(({ id }) => id);
    },
    async findResponses(channels, ids) {
      const places = await findPlaces(channels);
      if (places.size === 0 || ids.length === 0) return [];
      const rows = await database
        .selectFrom('responses')
        .select(RESPONSE_COLUMNS)
        .where(ofChannels(places))
        .where('id', 'in', ids)
        .execute();
      return rows.map(responseOf);
    },
    async countSetAside(channels) {
      return countSetAside(database, await findPlaces(channels));
    },
    async countUncounted(channels) {
      const places = await findPlaces(channels);
      if (places.size === 0) return [];
      const rows = await database
        .selectFrom('uncounted')
        .select(({ fn }) => ['channel', 'reason', fn.countAll().as('count')])
        .where(ofChannels(places))
        .groupBy(['channel', 'reason'])
        .execute();
      return rows.map(({ channel, reason, count }) => ({ channel, reason, count: Number(count) }));
    },
    countConflicts: async (channels) =>
      countByChannel(database, 'conflicts', await findPlaces(channels)),
    listQuarantined: () => selectQuarantined(database),
    readQuarantine: async (page) =>
      selectSetAside(database, 'quarantine', await findPlaces([page.channel]), page),
    readConflicts: async (page) =>
      selectSetAside(database, 'conflicts', await findPlaces([page.channel]), page),
    async moveQuarantined(responses) {
      const places = await findPlacesOf(responses);
      return database
        .transaction()
        .execute((transaction) => moveQuarantined(transaction, responses, places));
    },

    offerDisplay: (display) => offerDisplay(database, display),
    openDisplay: (hash, now) =>
      database.transaction().execute((transaction) => openDisplay(transaction, hash, now)),
    findDisplay: (id) => selectDisplay(database, id),
    listDisplays: (channels) => selectDisplays(database, channels),
    endDisplay: (channel) => deleteDisplay(database, channel),

    findChecklist: (assessment) => selectChecklist(database, assessment),
    replaceChecklist: (assessment, before, after) =>
      replaceChecklist(database, assessment, before, after),

    findFigures: (assessment) => selectFigures(database, assessment),
    replaceFigures: (assessment, before, after) =>
      replaceFigures(database, assessment, before, after),

    listMeasures: (assessment) => selectMeasures(database, assessment),
    addMeasure: (assessment, measure) => insertMeasure(database, assessment, measure),
    replaceMeasure: (assessment, before, after) =>
      updateMeasure(database, assessment, before, after),
    removeMeasure: (assessment, measure) => deleteMeasure(database, assessment, measure),

    taking: () => takingOf(database),
    close: () => database.destroy(),
  };
}
