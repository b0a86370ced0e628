// All the office's app ever asks of the server. A reply is parsed here, once, and trusted from then on.
import * as z from 'zod/mini';
import { ACCOUNT_GONE, sessionSchema, type Session, type SetUp } from '#core/contract/account.ts';
import {
  assessmentListSchema,
  assessmentSchema,
  channelListSchema,
  channelSummarySchema,
  templateListSchema,
  type Assessment,
  type AssessmentDraft,
  type ChannelChange,
  type ChannelSummary,
  type Copy,
  type NewAssessment,
  type Template,
} from '#core/contract/assessment.ts';
import type { Life } from '#core/contract/life.ts';
import { assessmentTag } from '#core/contract/assessment-tag.ts';
import { cardReplySchema, type CardReply } from '#core/contract/card.ts';
import { enteredFiguresSchema, type EnteredFigures } from '#core/contract/figures.ts';
import { figuresTag } from '#core/contract/figures-tag.ts';
import { participationSchema, type Participation } from '#core/contract/participation.ts';
import type { Language } from '#core/contract/language.ts';
import { scoresReplySchema, type ScoresReply, type ScoresWithCard } from '#core/contract/scores.ts';
import {
  reportSchema,
  type Report,
  type ReportFile,
  type ResponseFile,
} from '#core/contract/report.ts';
import {
  retrySchema,
  setAsideSchema,
  type Retry,
  type SetAside,
} from '#core/contract/set-aside.ts';
import { type SealStanding, sealStandingSchema } from '#core/seal/seal-key.ts';
import { instrumentSchema, type Instrument } from '#core/instruments/instrument.ts';
import { ApiError } from './api-error.ts';
import { download, type Watch } from './download.ts';
import { createDeliveriesApi, type DeliveriesApi } from './deliveries-api.ts';
import { createDisplaysApi, type DisplaysApi } from './displays-api.ts';
import { createKiosksApi, type KiosksApi } from './kiosks-api.ts';
import { createMeasuresApi, type MeasuresApi } from './measures-api.ts';
import { createOitApi, type OitApi } from './oit-api.ts';
import { createOrganizationsApi, type OrganizationsApi } from './organizations-api.ts';
import { createPeopleApi, type PeopleApi } from './people-api.ts';
import { createStaffCodesApi, type StaffCodesApi } from './staff-codes-api.ts';
import { errorOf, readJson, type Refusal, textOf } from './read-reply.ts';

/** How long a request may take, reply included, before it counts as unreachable: nobody watches a spinner for longer. */
export const REQUEST_LIMIT_MS = 15_000;

/** Every method rejects with ApiError and nothing else. */
export interface Api
  extends
    PeopleApi,
    MeasuresApi,
    KiosksApi,
    DisplaysApi,
    StaffCodesApi,
    DeliveriesApi,
    OitApi,
    OrganizationsApi {
  /** Resolves if the set-up link can still be used. */
  checkSetUpLink(token: string): Promise<void>;
  setUp(account: SetUp): Promise<Session>;
  session(): Promise<Session>;
  signOut(): Promise<void>;
  instruments(): Promise<Instrument[]>;
  templates(): Promise<Template[]>;
  assessments(): Promise<Assessment[]>;
  createAssessment(wanted: NewAssessment): Promise<Assessment>;
  /** Refused as changed-meanwhile if the server has another than `loaded` by now. */
  changeAssessment(loaded: Assessment, draft: AssessmentDraft): Promise<Assessment>;
  /** Opens, closes or archives it, or sets its days; refused as changed-meanwhile like changeAssessment. */
  changeLife(loaded: Assessment, life: Life): Promise<Assessment>;
  sealKey(assessment: string): Promise<SealStanding>;
  /** What was sealed to the keys before still opens. */
  renewSealKey(assessment: string): Promise<SealStanding>;
  /** A draft of another year with the same settings. */
  copyAssessment(assessment: string, copy: Copy): Promise<Assessment>;
  /** `fiscalYear` as it was typed to confirm. Resolves to the assessment with the day of its deletion. */
  deleteAssessment(loaded: Assessment, fiscalYear: number): Promise<Assessment>;
  /** Those that can still be brought back. */
  deletedAssessments(): Promise<Assessment[]>;
  bringBack(assessment: string): Promise<Assessment>;
  channels(assessment: string): Promise<ChannelSummary[]>;
  changeChannel(assessment: string, code: string, change: ChannelChange): Promise<ChannelSummary>;
  participation(assessment: string): Promise<Participation>;
  /** What was judged last; `wait`: what is made of all responses, however long that takes. */
  scores(assessment: string): Promise<ScoresReply>;
  /** The same with the card that is made of them. */
  scoresWithCard(assessment: string, wait?: 'wait'): Promise<ScoresWithCard>;
  /** Of all responses. */
  card(assessment: string): Promise<CardReply>;
  /** Refused as changed-meanwhile if the server has others than `loaded` by now. */
  changeFigures(
    assessment: string,
    loaded: EnteredFigures,
    figures: EnteredFigures,
  ): Promise<EnteredFigures>;
  /** What arrived but is not counted. */
  setAside(assessment: string): Promise<SetAside>;
  /** Judges the quarantined ones once more and counts what is understood by now. */
  retrySetAside(assessment: string): Promise<Retry>;
  /** Tells the log that a file of so many envelopes is about to be imported. */
  announceImport(responses: number): Promise<void>;
  /** All that is set aside, as the text of an envelope file. */
  exportSetAside(assessment: string): Promise<string>;
  report(assessment: string, language: Language): Promise<Report>;
  /** Tells the log what is about to be printed. */
  announcePrint(assessment: string, what: 'report' | 'scores'): Promise<void>;
  /** A file is whole or rejects: cut-off, or unreachable where it did not begin. `watch` sees how far it is and stops it. */
  reportFile(
    assessment: string,
    language: Language,
    format: ReportFile,
    watch: Watch,
  ): Promise<Blob>;
  /** Single responses to one instrument, shuffled. */
  responseFile(
    assessment: string,
    instrument: string,
    format: ResponseFile,
    watch: Watch,
  ): Promise<Blob>;
}

interface Effects {
  fetch: typeof fetch;
  /** Called whenever the server says that nobody is signed in. `isGone`: nor can who was, as their account is gone. */
  onNotSignedIn: (isGone: boolean) => void;
}

const instrumentListSchema = z.object({ instruments: z.array(instrumentSchema) });

type RequestHeaders = Readonly<Record<string, string>>;

/** Refuses the request if the server has another assessment by now. */
const ifStill = (loaded: Assessment): RequestHeaders => ({
  'if-match': `"${assessmentTag(loaded)}"`,
});

const at = (assessment: string) => `/assessments/${encodeURIComponent(assessment)}`;

/** A reply that came whole. */
interface Reply extends Refusal {
  isOk: boolean;
}

export function createApi({ fetch, onNotSignedIn }: Effects): Api {
  async function send(
    method: string,
    path: string,
    body?: unknown,
    headers?: RequestHeaders,
  ): Promise<Reply> {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), REQUEST_LIMIT_MS);
    const json = body === undefined ? {} : { body: JSON.stringify(body) };
    try {
      const reply = await fetch(`/api/v1${path}`, {
        method,
        headers: { accept: 'application/json', 'content-type': 'application/json', ...headers },
        credentials: 'same-origin',
        signal: limit.signal,
        ...json,
      });
      return { isOk: reply.ok, status: reply.status, content: await reply.arrayBuffer() };
    } catch {
      throw new ApiError('unreachable');
    } finally {
      clearTimeout(timer);
    }
  }

  async function request(
    method: string,
    path: string,
    body?: unknown,
    headers?: RequestHeaders,
  ): Promise<Reply> {
    const reply = await send(method, path, body, headers);
    if (reply.isOk) return reply;
    throw refused(reply);
  }

  function refused(reply: Refusal): ApiError {
    const error = errorOf(reply);
    if (error.code === 'not-signed-in') onNotSignedIn(error.detail === ACCOUNT_GONE);
    return error;
  }

  async function file(path: string, watch?: Watch): Promise<Blob> {
    const reply = await download(fetch, `/api/v1${path}`, watch);
    if (reply.state === 'whole') return reply.content;
    throw refused(reply);
  }

  async function ask<Schema extends z.ZodMiniType>(
    schema: Schema,
    method: string,
    path: string,
    body?: unknown,
    headers?: RequestHeaders,
  ): Promise<z.output<Schema>> {
    const parsed = schema.safeParse(readJson(await request(method, path, body, headers)));
    if (!parsed.success) throw new ApiError('unreadable', parsed.error.issues[0]?.path.join('.'));
    return parsed.data;
  }

  const card = async (assessment: string) => ask(cardReplySchema, 'GET', `${at(assessment)}/card`);

  return {
    ...createPeopleApi({ ask, request, file }),
    ...createMeasuresApi({ ask, request }),
    ...createKiosksApi({ ask, request }),
    ...createDisplaysApi({ ask, request }),
    ...createDeliveriesApi({ ask, request }),
    ...createStaffCodesApi({ ask, request }),
    ...createOitApi({ ask }),
    ...createOrganizationsApi({ ask, request, file }),
    async checkSetUpLink(token) {
      await request('GET', `/set-up?token=${encodeURIComponent(token)}`);
    },
    setUp: (account) => ask(sessionSchema, 'POST', '/set-up', account),
    session: () => ask(sessionSchema, 'GET', '/session'),
    async signOut() {
      await request('DELETE', '/session');
    },
    async instruments() {
      return (await ask(instrumentListSchema, 'GET', '/instruments')).instruments;
    },
    async templates() {
      return (await ask(templateListSchema, 'GET', '/templates')).templates;
    },
    async assessments() {
      return (await ask(assessmentListSchema, 'GET', '/assessments')).assessments;
    },
    createAssessment: (wanted) => ask(assessmentSchema, 'POST', '/assessments', wanted),
    changeAssessment: (loaded, draft) =>
      ask(assessmentSchema, 'PUT', at(loaded.id), draft, ifStill(loaded)),
    changeLife: (loaded, life) =>
      ask(assessmentSchema, 'PUT', `${at(loaded.id)}/life`, life, ifStill(loaded)),
    sealKey: (assessment) => ask(sealStandingSchema, 'GET', `${at(assessment)}/seal-key`),
    renewSealKey: (assessment) => ask(sealStandingSchema, 'POST', `${at(assessment)}/seal-keys`),
    copyAssessment: (assessment, copy) =>
      ask(assessmentSchema, 'POST', `${at(assessment)}/copies`, copy),
    deleteAssessment: (loaded, fiscalYear) =>
      ask(assessmentSchema, 'PUT', `${at(loaded.id)}/deletion`, { fiscalYear }, ifStill(loaded)),
    async deletedAssessments() {
      return (await ask(assessmentListSchema, 'GET', '/deleted-assessments')).assessments;
    },
    bringBack: (assessment) => ask(assessmentSchema, 'DELETE', `${at(assessment)}/deletion`),
    async channels(assessment) {
      return (await ask(channelListSchema, 'GET', `${at(assessment)}/channels`)).channels;
    },
    changeChannel: (assessment, code, change) =>
      ask(channelSummarySchema, 'PATCH', `${at(assessment)}/channels/${code}`, change),
    participation: (assessment) =>
      ask(participationSchema, 'GET', `${at(assessment)}/participation`),
    scores: (assessment) => ask(scoresReplySchema, 'GET', `${at(assessment)}/scores`),
    async scoresWithCard(assessment, wait) {
      const query = `card=yes${wait ? '&wait=yes' : ''}`;
      const scores = await ask(scoresReplySchema, 'GET', `${at(assessment)}/scores?${query}`);
      // During an update a server of the version before may answer, which tells the card by itself alone.
      return { ...scores, card: scores.card ?? (await card(assessment)) };
    },
    card,
    changeFigures: (assessment, loaded, figures) =>
      ask(enteredFiguresSchema, 'PUT', `${at(assessment)}/figures`, figures, {
        'if-match': `"${figuresTag(loaded)}"`,
      }),
    setAside: (assessment) => ask(setAsideSchema, 'GET', `${at(assessment)}/set-aside`),
    retrySetAside: (assessment) => ask(retrySchema, 'POST', `${at(assessment)}/set-aside/retry`),
    async announceImport(responses) {
      await request('POST', '/imports', { responses });
    },
    async exportSetAside(assessment) {
      return textOf(await request('GET', `${at(assessment)}/set-aside/export`));
    },
    report: (assessment, language) =>
      ask(reportSchema, 'GET', `${at(assessment)}/report/page?language=${language}`),
    async announcePrint(assessment, what) {
      await request('POST', `${at(assessment)}/${what}/prints`);
    },
    reportFile: (assessment, language, format, watch) =>
      file(`${at(assessment)}/report?language=${language}&format=${format}`, watch),
    responseFile: (assessment, instrument, format, watch) =>
      file(`${at(assessment)}/responses?instrument=${instrument}&format=${format}`, watch),
  };
}
