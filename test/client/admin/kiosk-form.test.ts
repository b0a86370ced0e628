import { expect, test } from 'vitest';
import {
  formOf,
  NEW_KIOSK,
  readKioskChange,
  readNewKiosk,
  withChannel,
} from '#client/admin/kiosks/kiosk-form.ts';

const FORM = { name: ' เคาน์เตอร์ 1 ', channels: ['K7RM3XAE'], idleSeconds: '๔๕', pin: '๒๙๐๔๖๗' };

test('an empty form lacks all but the time that is proposed', () => {
  expect(readNewKiosk(NEW_KIOSK)).toEqual({ state: 'invalid', wrong: ['name', 'channels', 'pin'] });
});

test('what is typed is trimmed and read, an easy PIN is not taken', () => {
  const form = { ...FORM, idleSeconds: '60' };
  const value = { name: 'เคาน์เตอร์ 1', channels: ['K7RM3XAE'], idleSeconds: 60, pin: '290467' };
  expect(readNewKiosk(form)).toEqual({ state: 'valid', value });
  expect(readNewKiosk({ ...form, pin: '123456' })).toEqual({ state: 'invalid', wrong: ['pin'] });
  expect(readNewKiosk({ ...form, idleSeconds: '5' })).toEqual({
    state: 'invalid',
    wrong: ['idleSeconds'],
  });
});

test('a change without a PIN leaves the one that is set', () => {
  const kiosk = {
    id: 'one',
    name: 'ก',
    channels: ['K7RM3XAE'],
    idleSeconds: 45,
    state: 'enrolled',
    seenOn: null,
  } as const;
  const unchanged = { name: 'ก', channels: ['K7RM3XAE'], idleSeconds: 45 };
  const form = formOf({ ...kiosk, channels: [...kiosk.channels] });
  expect(readKioskChange(form)).toEqual({ state: 'valid', value: unchanged });
  expect(readKioskChange({ ...form, pin: '111111' })).toEqual({ state: 'invalid', wrong: ['pin'] });
});

test('counters stand in the order of the list, in whatever order they were chosen', () => {
  const all = ['a', 'b', 'c'];
  expect(withChannel(['c'], 'a', true, all)).toEqual(['a', 'c']);
  expect(withChannel(['a', 'c'], 'a', false, all)).toEqual(['c']);
});
