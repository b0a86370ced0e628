import { sql, type Kysely } from 'kysely';
import { insertIntent, settleIntent, settleLeftIntents } from './audit-intents.ts';
import {
  appendAudit,
  appendAuditOnce,
  countAudit,
  selectAudit,
  selectAuditChoices,
  selectAuditHead,
} from './audit-rows.ts';
import { insertAssessment, replaceAssessment, selectAssessments } from './assessment-rows.ts';
import { replaceChecklist, selectChecklist } from './checklist-rows.ts';
import {
  deleteDisplay,
  offerDisplay,
  openDisplay,
  selectDisplay,
  selectDisplays,
} from './display-rows.ts';
import {
  keepDeviceReports,
  selectTroubledDevices,
  sumDeviceReports,
  writeOffDevice,
} from './device-rows.ts';
import { replaceFigures, selectFigures } from './figures-rows.ts';
import {
  deleteInvitation,
  insertInvitation,
  selectInvitations,
  takeInvitation,
} from './invitation-rows.ts';
import { createFailedAttemptStorage } from './failed-attempt-rows.ts';
import { createTallyStorage } from './tally-storage.ts';
import { createKioskStorage } from './kiosk-rows.ts';
import { createLimitStorage } from './limit-rows.ts';
import { createSetUpTokenStorage } from './set-up-token-rows.ts';
import { deleteMeasure, insertMeasure, selectMeasures, updateMeasure } from './measure-rows.ts';
import {
  changeRole,
  deletePerson,
  deleteSession,
  selectPeople,
  selectSessions,
} from './people-rows.ts';
import { createOrganizationStorage } from './organization-rows.ts';
import { deletePasskey, renamePasskey, selectPasskeys } from './passkey-rows.ts';
import {
  deleteSecondFactors,
  insertRecoveryLink,
  recover,
  selectRecovering,
} from './recovery-rows.ts';
import { groupCommits } from './group-commits.ts';
import { removeDeleted } from './remove-assessments.ts';
import { countByChannel, keepResponses } from './response-rows.ts';
import { insertSealSecret, renewSealKey, selectSealSecret } from './seal-rows.ts';
import {
  addStaffCodes,
  demandStaffCodes,
  selectDemand,
  selectStaffCodes,
} from './staff-code-rows.ts';
import { moveQuarantined, selectConflicts, selectQuarantine } from './set-aside-rows.ts';
import type { Storage, StoredChannel, StoredResponse } from './storage.ts';
import type { Tables } from './tables.ts';

function channelOf(row: Tables['channels']): StoredChannel {
  const { code, assessment_id: assessment, instrument, department, service, state } = row;
  return { code, assessment, instrument, department, service, state };
}

const responseOf = ({ display, ...response }: Tables['responses']): StoredResponse =>
  display === null ? response : { ...response, display };

const total = (counts: ReadonlyMap<string, number>) =>
  [...counts.values()].reduce((sum, count) => sum + count, 0);

/** Storage on a database whose tables are up to date. `newId` makes random UUIDs; `noteCommit` hears of each transaction that kept responses, and of how many. */
export function createStorage(
  database: Kysely<Tables>,
  newId: () => string,
  noteCommit: (rows: number) => void = () => undefined,
): Storage {
  return {
    ...createKioskStorage(database),
    ...createLimitStorage(database),
    ...createFailedAttemptStorage(database),
    ...createSetUpTokenStorage(database),
    ...createOrganizationStorage(database),
    ...createTallyStorage(database),
    createAssessment: (
      assessment,
      channels,
      { organization, checklist = null, measures = [], sealSecret = null } = {},
    ) =>
      database.transaction().execute(async (transaction) => {
        await insertAssessment(transaction, assessment, channels, { newId, organization });
        if (sealSecret) await insertSealSecret(transaction, assessment.id, sealSecret);
        if (checklist) await replaceChecklist(transaction, assessment.id, null, checklist);
        for (const measure of measures) await insertMeasure(transaction, assessment.id, measure);
      }),
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

    keepResponses: groupCommits(async (toKeep) => {
      const keepings = await database
        .transaction()
        .execute((transaction) => keepResponses(transaction, toKeep));
      noteCommit(toKeep.responses.length + toKeep.quarantined.length);
      return keepings;
    }),
    countResponses: (channels) => countByChannel(database, 'responses', channels),
    async readResponses({ channel, after, limit }) {
      const rows = await database
        .selectFrom('responses')
        .selectAll()
        .where('channel', '=', channel)
        .where('id', '>', after)
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(responseOf);
    },
    async listResponseIds(channel) {
      const rows = await database
        .selectFrom('responses')
        .select('id')
        .where('channel', '=', channel)
        .execute();
      return rows.map(({ id }) => id);
    },
    async findResponses(ids) {
      if (ids.length === 0) return [];
      const rows = await database
        .selectFrom('responses')
        .selectAll()
        .where('id', 'in', ids)
        .execute();
      return rows.map(responseOf);
    },
    async countSetAside(channels) {
      const quarantined = total(await countByChannel(database, 'quarantine', channels));
      const conflicts = total(await countByChannel(database, 'conflicts', channels));
      const uncounted = total(await countByChannel(database, 'uncounted', channels));
      return { quarantined, conflicts, uncounted };
    },
    async countUncounted(channels) {
      if (channels.length === 0) return [];
      const rows = await database
        .selectFrom('uncounted')
        .select(({ fn }) => ['channel', 'reason', fn.countAll().as('count')])
        .where('channel', 'in', channels)
        .groupBy(['channel', 'reason'])
        .execute();
      return rows.map(({ channel, reason, count }) => ({ channel, reason, count: Number(count) }));
    },
    countConflicts: (channels) => countByChannel(database, 'conflicts', channels),
    readQuarantine: (page) => selectQuarantine(database, page),
    readConflicts: (page) => selectConflicts(database, page),
    moveQuarantined: (responses) =>
      database.transaction().execute((transaction) => moveQuarantined(transaction, responses)),

    keepDeviceReports: (reports, mostPerChannel) =>
      keepDeviceReports(database, reports, mostPerChannel),
    sumDeviceReports: (channels) => sumDeviceReports(database, channels),
    listTroubledDevices: (channels) => selectTroubledDevices(database, channels),
    writeOffDevice: (channels, id, isWrittenOff) =>
      writeOffDevice(database, channels, id, isWrittenOff),

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

    listPeople: () => selectPeople(database),
    changeRole: (account, role, branch) =>
      database
        .transaction()
        .execute((transaction) => changeRole(transaction, account, role, branch)),
    removePerson: (account) =>
      database.transaction().execute((transaction) => deletePerson(transaction, account)),
    listSessions: (account, now) => selectSessions(database, account, now),
    endSession: (account, id) => deleteSession(database, account, id),

    listPasskeys: (account) => selectPasskeys(database, account),
    renamePasskey: (account, renamed) => renamePasskey(database, account, renamed),
    removePasskey: (account, id) => deletePasskey(database, account, id),

    endSecondFactors: (account) =>
      database.transaction().execute((transaction) => deleteSecondFactors(transaction, account)),
    addRecoveryLink: (link, note, now) =>
      database.transaction().execute(async (transaction) => {
        await insertRecoveryLink(transaction, link, now);
        await appendAudit(transaction, note);
      }),
    findRecovering: (hash, now) => selectRecovering(database, hash, now),
    recover: (recovery) =>
      database.transaction().execute((transaction) => recover(transaction, recovery)),

    addInvitation: (invitation, now) =>
      database
        .transaction()
        .execute((transaction) => insertInvitation(transaction, invitation, now)),
    async listInvitations(now) {
      const found = await selectInvitations(database, now);
      return found.map(({ id, role, branch, expiresAt }) => ({ id, role, branch, expiresAt }));
    },
    async findInvitation(hash, now) {
      const found = await selectInvitations(database, now);
      return found.find((invitation) => invitation.hash === hash) ?? null;
    },
    takeInvitation: (hash, now) => takeInvitation(database, hash, now),
    withdrawInvitation: (id) => deleteInvitation(database, id),

    appendAudit: (note) =>
      database.transaction().execute((transaction) => appendAudit(transaction, note)),
    appendAuditOnce: (note) =>
      database.transaction().execute((transaction) => appendAuditOnce(transaction, note)),
    beginAct: (intent) => insertIntent(database, intent),
    settleAct: (id, note) =>
      database.transaction().execute((transaction) => settleIntent(transaction, id, note)),
    settleLeftActs: (begunBefore) =>
      database.transaction().execute((transaction) => settleLeftIntents(transaction, begunBefore)),
    readAudit: (range) => selectAudit(database, range),
    countAudit: (filter) => countAudit(database, filter),
    readAuditChoices: (filter) => selectAuditChoices(database, filter),
    readAuditHead: () => selectAuditHead(database),

    async ping() {
      await sql`select 1`.execute(database);
    },
    close: () => database.destroy(),
  };
}
