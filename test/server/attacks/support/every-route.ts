import type { Role } from '#core/contract/role.ts';
import { DRAFT, envelope, IIT, MEASURE } from '../../support/fixtures.ts';
import { numberedUuid } from '../../support/numbered-uuid.ts';
import { ACCOUNT, SET_UP_TOKEN } from '../../support/test-server.ts';
import { type Office, PASSWORD, reportOf, ROLES } from './office.ts';

/**
 * What an attacker knows of a route: who may use it, and a request that its checks have nothing against. Where the answer to
 * that request is a refusal all the same, `answer` says which.
 */
export interface RouteCase {
  who: 'everybody' | readonly Role[];
  params?: (office: Office) => Readonly<Record<string, string>>;
  /** As it stands in the address. */
  query?: string;
  body?: (office: Office) => Readonly<Record<string, unknown>>;
  /** Takes changes from any sender: devices have no page of ours. */
  fromAnywhere?: true;
  answer?: string;
}

const OWNER = ['owner'] as const;
const WHO_EDITS = ['owner', 'admin'] as const;
const WHO_LOOKS = ['owner', 'admin', 'viewer'] as const;
const WHO_READS_THE_LOG = ['owner', 'auditor'] as const;

const ofYear = ({ own }: Office) => ({ id: own.assessment });
const ofDeletedYear = ({ deleted }: Office) => ({ id: deleted.assessment });
const ofCounter = ({ own }: Office) => ({ id: own.assessment, code: own.counter });
const ofViewer = ({ ids }: Office) => ({ id: ids.viewer });
const ofNothing = () => ({ id: numberedUuid(1) });

const BYTES = 'AAAA';
const ENTRY = {
  item: 'O1',
  urls: ['https://office.example.go.th/structure'],
  responsible: 'ฝ่ายปกครอง',
  note: '',
  state: 'published',
  due: null,
  points: 100,
};

/** Every route of the app. One that is missing here fails the tests of the attacks: nobody has thought about it. */
export const EVERY_ROUTE: Readonly<Record<string, RouteCase>> = {
  // Pages and what they are made of.
  'GET /': { who: 'everybody' },
  'GET /waiting': { who: 'everybody' },
  'GET /privacy': { who: 'everybody' },
  'GET /s/:code': { who: 'everybody', params: ({ own }) => ({ code: own.channel }) },
  'GET /display': { who: 'everybody' },
  'GET /admin': { who: 'everybody' },
  'GET /admin/*': { who: 'everybody' },
  'GET /api/openapi.json': { who: 'everybody' },
  'GET /healthz': { who: 'everybody' },

  // Devices.
  'GET /api/v1/channels/:code': {
    who: 'everybody',
    params: ({ own }) => ({ code: own.channel }),
  },
  'POST /api/v1/batches': {
    who: 'everybody',
    fromAnywhere: true,
    body: ({ own }) => ({ envelopes: [envelope(91_000, own.channel)] }),
  },
  'POST /api/v1/device-reports': {
    who: 'everybody',
    fromAnywhere: true,
    body: ({ own }) => ({ reports: [reportOf(numberedUuid(81_000), own.channel)] }),
  },

  // Ways into an account.
  'GET /api/v1/set-up': {
    who: 'everybody',
    query: 'token=guessed',
    answer: '410 set-up-link-used',
  },
  'POST /api/v1/set-up': {
    who: 'everybody',
    body: () => ({ token: SET_UP_TOKEN, name: 'intruder', password: PASSWORD }),
    answer: '410 set-up-link-used',
  },
  'GET /api/v1/join': { who: 'everybody', query: 'token=guessed', answer: '410 set-up-link-used' },
  'POST /api/v1/join': {
    who: 'everybody',
    body: () => ({ token: 'guessed', name: 'intruder', password: PASSWORD }),
    answer: '410 set-up-link-used',
  },
  'POST /api/v1/displays': {
    who: 'everybody',
    body: () => ({ token: 'guessed' }),
    answer: '410 display-link-used',
  },
  'GET /api/v1/displays/:display': {
    who: 'everybody',
    params: () => ({ display: numberedUuid(1) }),
    answer: '410 display-ended',
  },
  'GET /api/v1/recovery': {
    who: 'everybody',
    query: 'token=guessed',
    answer: '410 set-up-link-used',
  },
  'POST /api/v1/recovery': {
    who: 'everybody',
    body: () => ({ token: 'guessed', password: PASSWORD }),
    answer: '410 set-up-link-used',
  },
  'POST /api/v1/session': {
    who: 'everybody',
    body: () => ({ name: ACCOUNT.name, password: ACCOUNT.password }),
  },
  'POST /api/v1/session/code': {
    who: 'everybody',
    body: () => ({ code: '123456' }),
    answer: '401 sign-in-failed',
  },
  'POST /api/v1/session/passkey/challenge': { who: 'everybody' },
  'POST /api/v1/session/passkey': {
    who: 'everybody',
    body: () => ({
      id: BYTES,
      rawId: BYTES,
      type: 'public-key',
      response: { clientDataJSON: BYTES, authenticatorData: BYTES, signature: BYTES },
    }),
    answer: '422 passkey-refused',
  },

  // One's own account.
  'GET /api/v1/session': { who: ROLES },
  'DELETE /api/v1/session': { who: ROLES },
  'GET /api/v1/account': { who: ROLES },
  'DELETE /api/v1/account/sessions/:id': {
    who: ROLES,
    params: ofNothing,
    answer: '404 not-found',
  },
  'PUT /api/v1/account/password': {
    who: ROLES,
    body: () => ({ current: ACCOUNT.password, password: PASSWORD }),
  },
  'POST /api/v1/account/two-factor': { who: ROLES, body: () => ({ password: ACCOUNT.password }) },
  'POST /api/v1/account/two-factor/confirmation': {
    who: ROLES,
    body: () => ({ code: '123456' }),
    answer: '401 sign-in-failed',
  },
  'POST /api/v1/account/two-factor/end': {
    who: ROLES,
    body: () => ({ password: ACCOUNT.password }),
  },
  'POST /api/v1/account/passkeys/challenge': {
    who: ROLES,
    body: () => ({ password: ACCOUNT.password }),
  },
  'POST /api/v1/account/passkeys': {
    who: ROLES,
    body: () => ({
      name: 'โน้ตบุ๊ก',
      passkey: {
        id: BYTES,
        rawId: BYTES,
        type: 'public-key',
        response: { clientDataJSON: BYTES, attestationObject: BYTES },
      },
    }),
    answer: '422 passkey-refused',
  },
  'PATCH /api/v1/account/passkeys/:id': {
    who: ROLES,
    params: ofNothing,
    body: () => ({ name: 'โน้ตบุ๊ก' }),
    answer: '404 not-found',
  },
  'DELETE /api/v1/account/passkeys/:id': {
    who: ROLES,
    params: ofNothing,
    answer: '404 not-found',
  },

  // What the frame of every page shows.
  'GET /api/v1/instruments': { who: ROLES },
  'GET /api/v1/assessments': { who: ROLES },

  // The years.
  'GET /api/v1/templates': { who: WHO_LOOKS },
  'GET /api/v1/deleted-assessments': { who: WHO_LOOKS },
  'POST /api/v1/assessments': {
    who: WHO_EDITS,
    body: () => ({ ...DRAFT, fiscalYear: 2570, begin: 'draft' }),
  },
  'GET /api/v1/assessments/:id': { who: WHO_LOOKS, params: ofYear },
  'PUT /api/v1/assessments/:id': {
    who: WHO_EDITS,
    params: ofYear,
    body: () => ({ ...DRAFT, suppressionThreshold: 6 }),
  },
  'PUT /api/v1/assessments/:id/life': {
    who: WHO_EDITS,
    params: ofYear,
    body: () => ({ state: 'open', opensOn: null, closesOn: '2025-09-30' }),
  },
  'POST /api/v1/assessments/:id/copies': {
    who: WHO_EDITS,
    params: ofYear,
    body: () => ({ fiscalYear: 2571 }),
  },
  'PUT /api/v1/assessments/:id/deletion': {
    who: OWNER,
    params: ({ other }) => ({ id: other.assessment }),
    body: () => ({ fiscalYear: 2567 }),
  },
  'DELETE /api/v1/assessments/:id/deletion': { who: OWNER, params: ofDeletedYear },
  'GET /api/v1/assessments/:id/seal-key': { who: WHO_LOOKS, params: ofYear },
  'POST /api/v1/assessments/:id/seal-keys': { who: OWNER, params: ofYear },
  'GET /api/v1/assessments/:id/channels': { who: WHO_LOOKS, params: ofYear },
  'PATCH /api/v1/assessments/:id/channels/:code': {
    who: WHO_EDITS,
    params: ({ own }) => ({ id: own.assessment, code: own.channel }),
    body: () => ({ state: 'closed' }),
  },

  'GET /api/v1/assessments/:id/displays': { who: WHO_LOOKS, params: ofYear },
  'POST /api/v1/assessments/:id/channels/:code/display': { who: WHO_EDITS, params: ofCounter },
  'DELETE /api/v1/assessments/:id/channels/:code/display': { who: WHO_EDITS, params: ofCounter },

  // What came of them.
  'GET /api/v1/assessments/:id/participation': { who: WHO_LOOKS, params: ofYear },
  'GET /api/v1/assessments/:id/scores': { who: WHO_LOOKS, params: ofYear },
  'POST /api/v1/assessments/:id/scores/prints': { who: WHO_LOOKS, params: ofYear },
  'GET /api/v1/assessments/:id/report/page': {
    who: WHO_LOOKS,
    params: ofYear,
    query: 'language=th',
  },
  'GET /api/v1/assessments/:id/report': {
    who: WHO_LOOKS,
    params: ofYear,
    query: 'language=th&format=csv',
  },
  'POST /api/v1/assessments/:id/report/prints': { who: WHO_LOOKS, params: ofYear },
  'GET /api/v1/assessments/:id/responses': {
    who: OWNER,
    params: ofYear,
    query: `instrument=${IIT.id}&format=csv`,
  },
  'GET /api/v1/assessments/:id/card': { who: WHO_LOOKS, params: ofYear },
  'PUT /api/v1/assessments/:id/figures': {
    who: WHO_EDITS,
    params: ofYear,
    body: () => ({ eitPart2: '87.50', lastYear: null }),
  },
  'GET /api/v1/assessments/:id/oit': { who: WHO_LOOKS, params: ofYear },
  'PUT /api/v1/assessments/:id/oit/entries/:item': {
    who: WHO_EDITS,
    params: ({ own }) => ({ id: own.assessment, item: ENTRY.item }),
    body: () => ENTRY,
  },
  'PUT /api/v1/assessments/:id/oit/weights': {
    who: WHO_EDITS,
    params: ofYear,
    body: () => ({}),
  },
  'GET /api/v1/assessments/:id/measures': { who: WHO_LOOKS, params: ofYear },
  'PUT /api/v1/assessments/:id/measures/:measure': {
    who: WHO_EDITS,
    params: ({ own }) => ({ id: own.assessment, measure: own.measure }),
    body: ({ own }) => ({ ...MEASURE, id: own.measure, state: 'done' }),
  },
  'DELETE /api/v1/assessments/:id/measures/:measure': {
    who: WHO_EDITS,
    params: ({ own }) => ({ id: own.assessment, measure: own.measure }),
  },
  'GET /api/v1/assessments/:id/deliveries': { who: WHO_LOOKS, params: ofYear },
  'PATCH /api/v1/assessments/:id/deliveries/:device': {
    who: WHO_EDITS,
    params: ({ own }) => ({ id: own.assessment, device: own.device }),
    body: () => ({ isWrittenOff: true }),
  },
  'GET /api/v1/assessments/:id/set-aside': { who: WHO_LOOKS, params: ofYear },
  'POST /api/v1/assessments/:id/set-aside/retry': { who: WHO_EDITS, params: ofYear },
  'GET /api/v1/assessments/:id/set-aside/export': {
    who: OWNER,
    params: ofYear,
    answer: '404 not-found',
  },
  'POST /api/v1/imports': { who: WHO_EDITS, body: () => ({ responses: 7 }) },

  // The log, and the people.
  'GET /api/v1/audit': { who: WHO_READS_THE_LOG },
  'GET /api/v1/audit/choices': { who: WHO_READS_THE_LOG },
  'GET /api/v1/audit/verification': { who: WHO_READS_THE_LOG },
  'GET /api/v1/audit/export': { who: WHO_READS_THE_LOG },
  'GET /api/v1/people': { who: OWNER },
  'PATCH /api/v1/people/:id': {
    who: OWNER,
    params: ofViewer,
    body: () => ({ role: 'auditor' }),
  },
  'DELETE /api/v1/people/:id/second-factor': { who: OWNER, params: ofViewer },
  'DELETE /api/v1/people/:id': { who: OWNER, params: ofViewer },
  'POST /api/v1/invitations': { who: OWNER, body: () => ({ role: 'owner' }) },
  'DELETE /api/v1/invitations/:id': {
    who: OWNER,
    params: ({ invitation }) => ({ id: invitation }),
  },
};

/** A case as a request: the method, the address with its parameters in place, and the body. */
export function requestOf(
  route: string,
  office: Office,
  params?: Readonly<Record<string, string>>,
) {
  const found = EVERY_ROUTE[route];
  if (!found) throw new Error(`no case for ${route}`);
  const [method = '', pattern = ''] = route.split(' ');
  const named = { ...found.params?.(office), ...params };
  const path = pattern
    .replace(/:(\w+)/g, (_, name: string) => named[name] ?? 'nothing')
    .replace('*', 'people');
  return {
    method,
    path: found.query ? `${path}?${found.query}` : path,
    json: found.body?.(office),
  };
}
