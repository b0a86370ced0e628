import { expect, test } from 'vitest';
import { isEasilyGuessed } from '#server/auth/password-strength.ts';

test.each([
  'password123',
  '!!!Password!!!',
  '1234567890',
  '9876543210',
  'abcdefghijklm',
  'aaaabbbbaaaa',
  '2530123456789',
  'welcome2025',
  'my SOMCHAI word',
  'กรุงเทพมหานคร2568',
])('%s is easily guessed', (password) => {
  expect(isEasilyGuessed(password, 'Somchai')).toBe(true);
});

test.each(['correct horse battery', 'ปลาทูหน้างอคอหัก', 'xK9#mp2$vQ', 'we welcome 7 geese'])(
  '%s is not',
  (password) => {
    expect(isEasilyGuessed(password, 'Somchai')).toBe(false);
  },
);
