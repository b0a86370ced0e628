import { describe, expect, it } from 'vitest';
import { passwordStrength } from '#client/admin/account/password-strength.ts';

describe('the strength of a password', () => {
  it.each([
    ['short', { level: 'too-short', missing: 5 }],
    ['aaaaaaaaaaaa', { level: 'weak' }],
    ['12345678901', { level: 'weak' }],
    ['somchai-2568', { level: 'weak' }],
    ['kopi tiam ray', { level: 'fair' }],
    ['three quiet boats at noon', { level: 'strong' }],
    ['ฝนตกที่คลองสามวา', { level: 'strong' }],
  ])('of %j is told', (password, strength) => {
    expect(passwordStrength(password, 'somchai')).toEqual(strength);
  });
});
