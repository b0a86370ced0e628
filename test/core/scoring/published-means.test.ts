import { describe, expect, it } from 'vitest';
import { meanOfTold } from '#core/scoring/score.ts';

/** Every row of section 5 of the Prawet report of 2567: department, IIT, EIT, mean. */
const PUBLISHED: readonly (readonly [string, string, string, string])[] = [
  ['ฝ่ายโยธา', '99.81', '100.00', '99.91'],
  ['ฝ่ายรายได้', '100.00', '100.00', '100.00'],
  ['ฝ่ายสิ่งแวดล้อมและสุขาภิบาล', '100.00', '96.13', '98.07'],
  ['ฝ่ายเทศกิจ', '95.88', '99.45', '97.67'],
  ['ฝ่ายปกครอง', '100.00', '100.00', '100.00'],
  ['ฝ่ายทะเบียน', '100.00', '99.47', '99.74'],
  ['ฝ่ายรักษาความสะอาดและสวนสาธารณะ', '97.48', '96.67', '97.08'],
  ['ฝ่ายการศึกษา', '97.26', '100.00', '98.63'],
  ['ฝ่ายการคลัง', '97.78', '100.00', '98.89'],
  ['ฝ่ายพัฒนาชุมชนและสวัสดิการสังคม', '98.33', '98.30', '98.32'],
  ['ร.ร.สังกัดกรุงเทพมหานคร ในพื้นที่เขต', '100.00', '95.56', '97.78'],
];

describe('the mean of a department in the published Prawet report', () => {
  it.each(PUBLISHED)('follows from the printed scores of %s', (_, iit, eit, mean) => {
    expect(meanOfTold([iit, eit])).toBe(mean);
  });

  it('falls on half a hundredth in six of the rows, which are all rounded up', () => {
    const onHalf = PUBLISHED.filter(
      ([, iit, eit]) => (Number(iit.replace('.', '')) + Number(eit.replace('.', ''))) % 2 === 1,
    );
    expect(onHalf.map(([, , , mean]) => mean)).toEqual([
      '99.91',
      '98.07',
      '97.67',
      '99.74',
      '97.08',
      '98.32',
    ]);
  });

  it('is none where a score is missing', () => {
    expect(meanOfTold(['98.00', null])).toBeNull();
    expect(meanOfTold([])).toBeNull();
  });
});
