import { expect, test } from 'vitest';
import {
  ACCOUNT_GONE,
  ACCOUNT_HEADER,
  ACCOUNT_ID_HEADER,
  headerOfAccount,
} from '#core/contract/account.ts';
import { problemOf } from '#core/contract/problem.ts';
import { createAdmin } from '#client/admin/admin.ts';
import type { RouterWindow } from '#client/admin/router.ts';

/** An office's app whose user answers every question with `answer`, and what it asked of the server. */
async function opened(answer: boolean, reply = () => new Response(null, { status: 204 })) {
  const asked: (string | undefined)[] = [];
  const accounts: (string | null)[] = [];
  const ids: (string | null)[] = [];
  const admin = await createAdmin({
    fetch: async (_, init) => {
      asked.push(init?.method);
      accounts.push(new Headers(init?.headers).get(ACCOUNT_HEADER));
      ids.push(new Headers(init?.headers).get(ACCOUNT_ID_HEADER));
      return reply();
    },
    window: {
      location: new URL('http://localhost/admin'),
      history: { pushState: () => undefined },
      addEventListener: () => undefined,
      confirm: () => answer,
      scrollTo: () => undefined,
    } as unknown as RouterWindow,
    storage: null,
    tabStorage: null,
    loadTexts: async (language) => ({
      language,
      t: (key) => key,
      instrument: () => undefined,
      oit: () => undefined,
    }),
  });
  admin.session.value = { state: 'signed-in' };
  return { admin, asked, accounts, ids };
}

test.each([
  [true, 'signed-out'],
  [false, 'signed-in'],
] as const)('who has typed something is asked before signing out: %s', async (answer, state) => {
  const { admin, asked } = await opened(answer);
  const end = admin.router.guard(() => 'what is typed is not stored');
  await admin.signOut();
  expect(admin.session.value.state).toBe(state);
  expect(asked).toEqual(answer ? ['DELETE'] : []);
  end();
});

test('who has typed nothing signs out without a question', async () => {
  const { admin } = await opened(false);
  await admin.signOut();
  expect(admin.session.value.state).toBe('signed-out');
});

test('a trouble with the frame of the page is not told of the next page', async () => {
  const { admin } = await opened(true);
  admin.trouble.value = 'cannot be reached';
  admin.router.go({ page: 'scores' });
  expect(admin.trouble.value).toBeNull();
});

test('whose session has ended by itself is signed out as well', async () => {
  const problem = JSON.stringify(problemOf('not-signed-in'));
  const { admin } = await opened(true, () => new Response(problem, { status: 401 }));
  await admin.signOut();
  expect(admin.session.value.state).toBe('signed-out');
  expect(admin.me.value).toBeNull();
});

test.each([
  [undefined, false],
  [ACCOUNT_GONE, true],
])(
  'a session that ended under a page leads to the sign-in, unless its account is gone: %s',
  async (detail, isGone) => {
    const problem = JSON.stringify(problemOf('not-signed-in', detail));
    const { admin } = await opened(true, () => new Response(problem, { status: 401 }));
    await expect(admin.api.people()).rejects.toMatchObject({ code: 'not-signed-in' });
    expect(admin.session.value).toEqual({ state: 'ended', isGone });
  },
);

test('every request says who is taken for signed in', async () => {
  const { admin, accounts, ids } = await opened(true);
  await admin.api.signOut();
  admin.me.value = { id: 'of-somsri', name: 'สมศรี', role: 'admin' };
  await admin.api.signOut();
  await admin.signOut();
  await admin.api.signOut();
  const name = headerOfAccount({ name: 'สมศรี' });
  expect(accounts).toEqual([null, name, name, null]);
  expect(ids).toEqual([null, 'of-somsri', 'of-somsri', null]);
});
