import type { Language } from '#core/contract/language.ts';
import type {
  Organization,
  OrganizationDraft,
  OrganizationList,
} from '#core/contract/organization.ts';
import { type FieldProblem, nameProblems } from '../assessment/field-problem.ts';
import { emptyName, nameForm, type NameForm, readName } from '../assessment/name-form.ts';

/** An organization as it is typed. */
export interface OrganizationForm {
  name: NameForm;
  kind: OrganizationDraft['kind'];
  parent: string | null;
}

export const nameFieldOf = (id: string, language: Language) => `${id}-name-${language}`;

/** A new one: a district of the first city there is, of what one sees. */
export function newOrganizationForm({ organizations }: OrganizationList): OrganizationForm {
  const above = organizations.find(({ kind }) => kind === 'city') ?? organizations[0];
  return { name: emptyName(), kind: 'district', parent: above?.id ?? null };
}

export const organizationFormOf = ({ name, kind, parent }: Organization): OrganizationForm => ({
  name: nameForm(name),
  kind,
  parent,
});

export const problemsOf = (id: string, { name }: OrganizationForm): FieldProblem[] =>
  nameProblems(name, (language) => nameFieldOf(id, language));

export const readOrganization = ({ name, kind, parent }: OrganizationForm): OrganizationDraft => ({
  name: readName(name),
  kind,
  parent,
});
