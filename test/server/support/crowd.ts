import type { Response } from '#core/contract/response.ts';
import { EIT, response } from './fixtures.ts';

const DEPARTMENTS = 3;

/** So many people who answered the EIT, of whom no two say the same of themselves, unless they are very many. */
export function unlikePeople(count: number): Response[] {
  return Array.from({ length: count }, (_, person) => {
    let left = person;
    const said = EIT.fields.map(({ code, options }) => {
      const all = options === 'departments' ? DEPARTMENTS : options;
      const option = (left % all) + 1;
      left = Math.floor(left / all);
      return [code, option];
    });
    return response(EIT, { respondent: Object.fromEntries(said) });
  });
}
