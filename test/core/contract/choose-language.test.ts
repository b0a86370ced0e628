import { describe, expect, it } from 'vitest';
import { chooseLanguage } from '#core/contract/choose-language.ts';

describe('the language a page opens in', () => {
  it.each([
    [['my-MM', 'en-US'], 'my'],
    [['zh-Hant-TW'], 'zh'],
    [['zh'], 'zh'],
    [['EN-gb'], 'en'],
    [['ja-JP', 'fr', 'en'], 'en'],
    [['th-TH', 'en'], 'th'],
    [['ja-JP', 'ko'], 'th'],
    [['myv', 'english'], 'th'],
    [['', '*'], 'th'],
    [[], 'th'],
  ])('for a person who prefers %j is %s', (preferred, expected) => {
    expect(chooseLanguage(preferred)).toBe(expected);
  });
});
