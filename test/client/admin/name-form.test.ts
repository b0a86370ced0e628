import { describe, expect, it } from 'vitest';
import {
  emptyName,
  lacksOldNames,
  nameForm,
  readName,
  withThai,
} from '#client/admin/assessment/name-form.ts';

const OLD = { th: 'ฝ่ายโยธา', en: 'Public Works Section', my: 'မြို့ပြအင်ဂျင်နီယာဌာန' };
const NEW = 'ฝ่ายโยธาและผังเมือง';

describe('a name as it is typed', () => {
  it('is the known name again when nothing was changed', () => {
    expect(readName(nameForm(OLD))).toEqual(OLD);
  });

  it('loses the names in other languages when the Thai one is changed', () => {
    const renamed = withThai(nameForm(OLD), NEW);
    expect(readName(renamed)).toEqual({ th: NEW });
    expect(lacksOldNames(renamed)).toBe(true);
  });

  it('has them again when the Thai one is changed back', () => {
    const renamed = withThai(withThai(nameForm(OLD), 'ฝ่าย'), NEW);
    expect(withThai(renamed, OLD.th)).toEqual(nameForm(OLD));
  });

  it('keeps what was typed in another language, whichever was typed first', () => {
    const typedFirst = withThai({ ...nameForm(OLD), en: 'Works and Planning' }, NEW);
    expect(readName(typedFirst)).toEqual({ th: NEW, en: 'Works and Planning' });
    const typedLater = { ...withThai(nameForm(OLD), NEW), en: OLD.en, my: OLD.my };
    expect(readName(withThai(typedLater, `${NEW} 2`))).toEqual({ ...OLD, th: `${NEW} 2` });
    expect(lacksOldNames(typedLater)).toBe(false);
    const typedAndBack = withThai(typedFirst, OLD.th);
    expect(readName(typedAndBack)).toEqual({ ...OLD, en: 'Works and Planning' });
  });

  it('is not another one for a space at its end', () => {
    const spaced = withThai(nameForm(OLD), `${OLD.th} `);
    expect(readName(spaced)).toEqual(OLD);
    expect(lacksOldNames(spaced)).toBe(false);
  });

  it('lacks no old names when it never had any', () => {
    expect(lacksOldNames(withThai(emptyName(), NEW))).toBe(false);
    expect(lacksOldNames(withThai(nameForm({ th: OLD.th }), NEW))).toBe(false);
  });
});
