import type { DeviceProblem } from '../contract/device-problem.ts';
import type { Response } from '../contract/response.ts';
import type { Instrument, RespondentField } from './instrument.ts';

/** Why a response is not an answer to the instrument. `detail` names the item, the field or the part of the response. */
interface ResponseProblem {
  readonly code: DeviceProblem['code'];
  readonly detail: string;
}

const isWithin = (option: number, options: number) => option >= 1 && option <= options;

function checkAnswers(response: Response, instrument: Instrument): ResponseProblem | null {
  for (const { code, scale } of instrument.items) {
    const option = response.answers[code];
    if (option === undefined) return { code: 'item-missing', detail: code };
    if (!isWithin(option, instrument.scales[scale]?.points.length ?? 0))
      return { code: 'option-out-of-range', detail: code };
  }
  const known = new Set(instrument.items.map(({ code }) => code));
  const hasUnknown = Object.keys(response.answers).some((code) => !known.has(code));
  return hasUnknown ? { code: 'item-unknown', detail: 'answers' } : null;
}

function isOption(field: RespondentField, said: number, departments: ReadonlySet<number>) {
  return field.options === 'departments' ? departments.has(said) : isWithin(said, field.options);
}

function checkRespondent(
  response: Response,
  instrument: Instrument,
  departments: ReadonlySet<number>,
): ResponseProblem | null {
  for (const field of instrument.fields) {
    const said = response.respondent[field.code];
    if (said === undefined) return { code: 'field-missing', detail: field.code };
    if (said !== null && !isOption(field, said, departments))
      return { code: 'option-out-of-range', detail: field.code };
  }
  const known = new Set(instrument.fields.map(({ code }) => code));
  const hasUnknown = Object.keys(response.respondent).some((code) => !known.has(code));
  return hasUnknown ? { code: 'field-unknown', detail: 'respondent' } : null;
}

/**
 * The first reason why the response does not answer the instrument; null if it does. `departmentNumbers`: the option
 * numbers of all departments of the assessment, the retired ones too.
 */
export function checkResponse(
  response: Response,
  instrument: Instrument,
  departmentNumbers: ReadonlySet<number>,
): ResponseProblem | null {
  if (response.instrument !== instrument.id)
    return { code: 'instrument-mismatch', detail: 'instrument' };
  return (
    checkAnswers(response, instrument) ?? checkRespondent(response, instrument, departmentNumbers)
  );
}
