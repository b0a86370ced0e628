import { expect, test } from 'vitest';
import { createAdmin, type AdminEffects } from '#client/admin/admin.ts';
import type { RouterWindow } from '#client/admin/router.ts';
import type { Texts } from '#client/admin/texts.ts';
import type { Language } from '#core/contract/language.ts';

const page = {
  location: new URL('http://localhost/admin'),
  addEventListener: () => undefined,
} as unknown as RouterWindow;

const textsIn = (language: Language): Texts => ({
  language,
  t: (key) => key,
  instrument: () => undefined,
  oit: () => undefined,
});

/** A storage without room. */
const FULL = {
  getItem: () => null,
  setItem: () => {
    throw new Error('QuotaExceededError');
  },
};

async function officeWith(parts: Partial<AdminEffects>) {
  return createAdmin({
    fetch: () => Promise.reject(new Error('nothing is asked of the server')),
    window: page,
    storage: null,
    tabStorage: null,
    loadTexts: async (language) => textsIn(language),
    ...parts,
  });
}

test('the language chosen last is shown and remembered, whichever words come first', async () => {
  const late: (() => void)[] = [];
  const remembered: string[] = [];
  const admin = await officeWith({
    storage: { getItem: () => null, setItem: (_, language) => void remembered.push(language) },
    loadTexts: async (language) => {
      if (language === 'en') await new Promise<void>((resolve) => late.push(resolve));
      return textsIn(language);
    },
  });
  const english = admin.chooseLanguage('en');
  await admin.chooseLanguage('zh');
  late.forEach((arrive) => arrive());
  await english;
  expect(admin.texts.value?.language).toBe('zh');
  expect(remembered).toEqual(['zh']);
});

test('a page that opens slowly does not undo what was chosen in another tab meanwhile', async () => {
  const store = new Map([['sucharit-admin-language', 'my']]);
  const storage = {
    getItem: (key: string) => store.get(key) ?? null,
    setItem: (key: string, value: string) => void store.set(key, value),
  };
  const late: (() => void)[] = [];
  const opening = officeWith({
    storage,
    loadTexts: async (language) => {
      await new Promise<void>((resolve) => late.push(resolve));
      return textsIn(language);
    },
  });
  const other = await officeWith({ storage });
  await other.chooseLanguage('th');
  late.forEach((arrive) => arrive());
  expect((await opening).texts.value?.language).toBe('my');
  expect((await officeWith({ storage })).texts.value?.language).toBe('th');
});

test('a language is shown though it cannot be remembered', async () => {
  const admin = await officeWith({ storage: FULL });
  await admin.chooseLanguage('my');
  expect(admin.texts.value?.language).toBe('my');
});
