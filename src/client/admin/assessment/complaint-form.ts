import { complaintAddressSchema, type ComplaintChannel } from '#core/contract/complaints.ts';
import type { Language } from '#core/contract/language.ts';
import { inArabicDigits } from '#core/typed-digits.ts';
import { nameProblems, type FieldProblem } from './field-problem.ts';
import { emptyName, nameForm, readName, type NameForm } from './name-form.ts';

/** Where one can complain, as it is typed. `address` as people say it, without `tel:` and `mailto:`; empty = none. */
export interface ComplaintForm {
  name: NameForm;
  address: string;
}

export const complaintNameField = (index: number, language: Language) =>
  `complaint-${index}-name-${language}`;
export const complaintAddressField = (index: number) => `complaint-${index}-address`;

export const emptyComplaint = (): ComplaintForm => ({ name: emptyName(), address: '' });

export const complaintForms = (channels: readonly ComplaintChannel[]): ComplaintForm[] =>
  channels.map(({ name, address }) => ({
    name: nameForm(name),
    address: (address ?? '').replace(/^(tel|mailto):/, ''),
  }));

/** With the scheme that is meant: "02 123 4567" is called, "a@b.go.th" is written to, "nacc.go.th" is opened. */
function withScheme(typed: string): string {
  const number = inArabicDigits(typed).replace(/[\s().-]/g, '');
  if (/^\+?\d+$/.test(number)) return `tel:${number}`;
  if (/^[a-z]+:/i.test(typed)) return typed;
  return typed.includes('@') ? `mailto:${typed}` : `https://${typed}`;
}

/** The address as the server takes it, null where none is typed; undefined where a device could not open it. */
export function readAddress(typed: string): string | null | undefined {
  const text = typed.trim();
  if (text === '') return null;
  return complaintAddressSchema.safeParse(withScheme(text)).data;
}

export function complaintProblems(complaints: readonly ComplaintForm[]): FieldProblem[] {
  return complaints.flatMap(({ name, address }, index): FieldProblem[] => {
    const problems = nameProblems(name, (language) => complaintNameField(index, language));
    if (readAddress(address) !== undefined) return problems;
    return [...problems, { field: complaintAddressField(index), code: 'address-invalid' }];
  });
}

export const readComplaints = (complaints: readonly ComplaintForm[]) =>
  complaints.map(({ name, address }) => ({ name: readName(name), address: readAddress(address) }));
