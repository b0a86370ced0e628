import { expect, test } from 'vitest';
import { passkeySupport } from '#client/admin/account/passkey-support.ts';
import { troubleOf } from '#client/admin/account/passkey-trouble.ts';

/** Only whether it is there counts. */
const PublicKeyCredential = () => undefined;

const thrown = (name: string) => troubleOf(Object.assign(new Error('no'), { name }));

const page = (hostname: string, isSecureContext = true) => ({
  isSecureContext,
  location: { hostname },
  PublicKeyCredential,
});

test.each([
  ['a name over HTTPS', page('ita.example.go.th'), 'ready'],
  ['localhost', page('localhost'), 'ready'],
  ['a name over HTTP', page('ita.example.go.th', false), 'insecure'],
  ['an IPv4 address', page('192.0.2.10'), 'insecure'],
  ['an IPv6 address', page('[2001:db8::1]'), 'insecure'],
  [
    'a browser without passkeys',
    { ...page('localhost'), PublicKeyCredential: undefined },
    'unsupported',
  ],
])('at %s passkeys are told of as they are', (_, where, support) => {
  expect(passkeySupport(where)).toBe(support);
});

test('what a browser throws becomes a trouble that has words', () => {
  expect(['NotAllowedError', 'AbortError'].map(thrown)).toEqual(['cancelled', 'cancelled']);
  expect(thrown('InvalidStateError')).toBe('known');
  expect(thrown('SecurityError')).toBe('place');
  expect(thrown('NotSupportedError')).toBe('failed');
  expect(troubleOf('nothing')).toBe('failed');
});
