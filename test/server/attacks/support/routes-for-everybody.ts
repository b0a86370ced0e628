import { EIT, envelope, response } from '../../support/fixtures.ts';
import { numberedUuid } from '../../support/numbered-uuid.ts';
import { ACCOUNT, SET_UP_TOKEN } from '../../support/test-server.ts';
import { PASSWORD, reportOf } from './office.ts';
import type { RouteCase } from './route-case.ts';

const BYTES = 'AAAA';

/** The routes that ask nobody who they are. */
export const ROUTES_FOR_EVERYBODY: Readonly<Record<string, RouteCase>> = {
  // Pages and what they are made of.
  'GET /': { who: 'everybody' },
  'GET /waiting': { who: 'everybody' },
  'GET /s/:code': { who: 'everybody', params: ({ own }) => ({ code: own.channel }) },
  'GET /s/:code/form': { who: 'everybody', params: ({ own }) => ({ code: own.channel }) },
  'GET /s/:code/form/thanks': { who: 'everybody', params: ({ own }) => ({ code: own.channel }) },
  // A form, and no JSON: what is sent to it is in plain-form.test.ts.
  'POST /s/:code/form': {
    who: 'everybody',
    params: ({ own }) => ({ code: own.channel }),
    fromAnywhere: true,
    answer: '400 invalid-request',
  },
  'GET /privacy': { who: 'everybody' },
  'GET /display': { who: 'everybody' },
  'GET /assets/:name': {
    who: 'everybody',
    params: () => ({ name: 'none-aB_-9012.js' }),
    answer: '404 not-found',
  },
  'GET /kiosk': { who: 'everybody' },
  'GET /admin': { who: 'everybody' },
  'GET /admin/*': { who: 'everybody' },
  'GET /api/openapi.json': { who: 'everybody' },
  'GET /healthz': { who: 'everybody' },
  'GET /readyz': { who: 'everybody' },

  // Devices.
  'GET /api/v1/channels/:code': {
    who: 'everybody',
    params: ({ own }) => ({ code: own.channel }),
  },
  'POST /api/v1/batches': {
    who: 'everybody',
    fromAnywhere: true,
    body: ({ own }) => ({ envelopes: [envelope(91_000, own.channel, response(EIT))] }),
  },
  'POST /api/v1/device-reports': {
    who: 'everybody',
    fromAnywhere: true,
    body: ({ own }) => ({ reports: [reportOf(numberedUuid(81_000), own.channel)] }),
  },

  'POST /api/v1/kiosk/enrolment': {
    who: 'everybody',
    body: () => ({ link: 'a-link-that-somebody-guessed', token: 'a-name-that-it-made-up' }),
    answer: '410 kiosk-link-used',
  },
  'POST /api/v1/kiosk/contact': {
    who: 'everybody',
    body: () => ({ token: 'a-name-that-it-made-up' }),
    answer: '404 kiosk-unknown',
  },
  'POST /api/v1/displays': {
    who: 'everybody',
    body: () => ({ token: 'guessed' }),
    answer: '410 display-ended',
  },
  'GET /api/v1/displays/:display': {
    who: 'everybody',
    params: () => ({ display: numberedUuid(1) }),
    answer: '410 display-ended',
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
    answer: '401 sign-in-expired',
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
};
