import { DRAFT, IIT, MEASURE } from '../../support/fixtures.ts';
import { numberedUuid } from '../../support/numbered-uuid.ts';
import { ACCOUNT } from '../../support/test-server.ts';
import { KIOSK, type Office, PASSWORD, ROLES } from './office.ts';
import type { RouteCase } from './route-case.ts';
import { ROUTES_FOR_EVERYBODY } from './routes-for-everybody.ts';

const OWNER = ['owner'] as const;
const WHO_EDITS = ['owner', 'admin'] as const;
const WHO_LOOKS = ['owner', 'admin', 'viewer'] as const;
const WHO_READS_THE_LOG = ['owner', 'auditor'] as const;

const ofYear = ({ own }: Office) => ({ id: own.assessment });
const ofChannel = ({ own }: Office) => ({ id: own.assessment, code: own.channel });
const ofKiosk = ({ own }: Office) => ({ id: own.assessment, kiosk: own.kiosk });
const ofDeletedYear = ({ deleted }: Office) => ({ id: deleted.assessment });
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
  ...ROUTES_FOR_EVERYBODY,

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
  'POST /api/v1/account/two-factor/backup-codes': {
    who: ROLES,
    body: () => ({ password: ACCOUNT.password }),
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
  'GET /api/v1/organizations': { who: ROLES },

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
  'GET /api/v1/assessments/:id/hand-downs': { who: WHO_EDITS, params: ofYear },
  'POST /api/v1/assessments/:id/hand-downs': {
    who: WHO_EDITS,
    params: ofYear,
    // It stands beside the office, not below.
    body: ({ district }) => ({ organization: district }),
    answer: '400 invalid-request',
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
  'GET /api/v1/assessments/:id/staff-codes': { who: WHO_LOOKS, params: ofYear },
  'POST /api/v1/assessments/:id/staff-codes': {
    who: WHO_EDITS,
    params: ofYear,
    body: () => ({ department: 1, count: 1, voidsUnspent: false }),
  },
  'PUT /api/v1/assessments/:id/staff-codes/demand': { who: WHO_EDITS, params: ofYear },
  'DELETE /api/v1/assessments/:id/staff-codes/demand': { who: WHO_EDITS, params: ofYear },
  'GET /api/v1/assessments/:id/channels': { who: WHO_LOOKS, params: ofYear },
  'PATCH /api/v1/assessments/:id/channels/:code': {
    who: WHO_EDITS,
    params: ofChannel,
    body: () => ({ state: 'closed' }),
  },

  'GET /api/v1/assessments/:id/kiosks': { who: WHO_EDITS, params: ofYear },
  'POST /api/v1/assessments/:id/kiosks': {
    who: WHO_EDITS,
    params: ofYear,
    body: ({ own }) => ({ ...KIOSK, channels: [own.channel] }),
  },
  'PUT /api/v1/assessments/:id/kiosks/:kiosk': {
    who: WHO_EDITS,
    params: ofKiosk,
    body: ({ own }) => ({ ...KIOSK, channels: [own.channel] }),
  },
  'POST /api/v1/assessments/:id/kiosks/:kiosk/links': { who: WHO_EDITS, params: ofKiosk },
  'DELETE /api/v1/assessments/:id/kiosks/:kiosk': { who: WHO_EDITS, params: ofKiosk },
  'GET /api/v1/assessments/:id/displays': { who: WHO_LOOKS, params: ofYear },
  'POST /api/v1/assessments/:id/channels/:code/display': {
    who: WHO_EDITS,
    params: ofChannel,
  },
  'DELETE /api/v1/assessments/:id/channels/:code/display': {
    who: WHO_EDITS,
    params: ofChannel,
  },

  // What came of them.
  'GET /api/v1/assessments/:id/participation': { who: WHO_LOOKS, params: ofYear },
  'GET /api/v1/assessments/:id/live': { who: WHO_LOOKS, params: ofYear },
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
  'GET /api/v1/roll-up': { who: WHO_LOOKS },
  'GET /api/v1/roll-up/export': { who: WHO_LOOKS, query: 'language=th' },
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
  'POST /api/v1/organizations': {
    who: OWNER,
    body: ({ city }) => ({ parent: city, kind: 'district', name: { th: 'เขตลาดพร้าว' } }),
  },
  'PUT /api/v1/organizations/:id': {
    who: OWNER,
    params: ({ district }) => ({ id: district }),
    body: ({ city }) => ({ parent: city, kind: 'district', name: { th: 'เขตสะพานสูง' } }),
  },
  'POST /api/v1/organizations/:id/imports': {
    who: OWNER,
    params: ({ city }) => ({ id: city }),
    body: () => ({ rows: [{ district: { th: 'เขตจตุจักร' } }] }),
  },
  'POST /api/v1/organizations/:id/imports/undo': {
    who: OWNER,
    params: ({ city }) => ({ id: city }),
    body: () => ({ added: [], changed: [] }),
  },
  'DELETE /api/v1/organizations/:id': {
    who: OWNER,
    params: ({ district }) => ({ id: district }),
  },
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
