import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { OrganizationDraft, OrganizationList } from '#core/contract/organization.ts';
import { useAdmin } from '../admin.ts';
import { ActProblem } from '../parts/act-problem.tsx';
import { SubmitButton } from '../parts/submit-button.tsx';
import { useAct } from '../parts/use-act.ts';
import { useUnsaved } from '../parts/use-unsaved.ts';
import { OrganizationFields } from './organization-fields.tsx';
import { type OrganizationForm, problemsOf, readOrganization } from './organization-form.ts';

interface OrganizationEditorProps {
  id: string;
  first: OrganizationForm;
  list: OrganizationList;
  changed: string | null;
  submit: ComponentChildren;
  /** Beside the button. */
  children?: ComponentChildren;
  save: (draft: OrganizationDraft) => Promise<void>;
  /** Called when it is stored as it stands in the form. */
  onSaved?: () => void;
}

/** The form of an organization; the list is loaded anew once it is stored. */
export function OrganizationEditor(props: OrganizationEditorProps) {
  const { id, first, list, changed, submit, save, onSaved, children } = props;
  const admin = useAdmin();
  const { isBusy, error, act } = useAct();
  const form = useSignal(first);
  const isTold = useSignal(false);
  const { name, kind, parent } = form.value;
  // Of a new one the kind and the place are those of the one before.
  const before = changed === null ? { name: first.name, kind, parent } : first;
  useUnsaved(JSON.stringify({ name, kind, parent }) !== JSON.stringify(before));

  async function send(event: Event) {
    event.preventDefault();
    const [problem] = problemsOf(id, form.value);
    isTold.value = problem !== undefined;
    if (problem) {
      document.getElementById(problem.field)?.focus();
      return;
    }
    const sent = form.value;
    await act(async () => {
      await save(readOrganization(sent));
      // What was typed while it was on its way is not stored yet, or of the next one, which goes below the same parent.
      if (form.value === sent) {
        form.value = { ...first, kind: sent.kind, parent: sent.parent };
        onSaved?.();
      }
      await admin.loadOrganizations();
    });
  }

  return (
    <form class="form" noValidate onSubmit={(event) => void send(event)}>
      <OrganizationFields
        id={id}
        form={form.value}
        list={list}
        changed={changed}
        isTold={isTold.value}
        onChange={(next) => {
          form.value = next;
        }}
      />
      <ActProblem error={error} />
      <div class="form-acts">
        <SubmitButton busy={isBusy}>{submit}</SubmitButton>
        {children}
      </div>
    </form>
  );
}
