import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { Person } from '#core/contract/people.ts';
import { Button } from '../../ui/button.tsx';
import { useAdmin, useOrganizations, useWords } from '../admin.ts';
import { asApiError } from '../api-error.ts';
import { BranchSelect } from '../organizations/branch-select.tsx';
import { branchName, isTree } from '../organizations/tree.ts';
import { ActProblem } from '../parts/act-problem.tsx';
import { SubmitButton } from '../parts/submit-button.tsx';
import { useAct } from '../parts/use-act.ts';
import { useUnsaved } from '../parts/use-unsaved.ts';
import { RoleSelect } from './role-select.tsx';

/**
 * What somebody may do and sees. Chosen first and then stored: an arrow key goes through the choices one by one, and nobody is to be made
 * an owner on the way.
 */
export function PersonRights({ person, reload }: { person: Person; reload: () => Promise<void> }) {
  const admin = useAdmin();
  const { t, language } = useWords();
  const organizations = useOrganizations();
  const { isBusy, error, act } = useAct();
  const chosen = useSignal<Partial<Pick<Person, 'role' | 'branch'>>>({});
  const box = useRef<HTMLFormElement>(null);
  const { id, name } = person;
  const { role, branch } = { ...person, ...chosen.value };
  const isMe = admin.me.value?.name === name;
  const isOther = role !== person.role;
  const isMoved = branch !== person.branch;
  const isChanged = isOther || isMoved;
  useUnsaved(isChanged);

  function rest() {
    // The buttons go, and the focus with them; whoever is elsewhere by now stays there.
    const { activeElement } = document;
    if (activeElement === document.body || box.current?.contains(activeElement))
      box.current?.querySelector('select')?.focus();
    chosen.value = {};
  }

  const store = () =>
    act(async () => {
      const sent = chosen.value;
      try {
        await admin.api.changeRights(person, {
          ...(isOther && { role }),
          ...(isMoved && { branch }),
        });
      } catch (thrown) {
        if (asApiError(thrown).code === 'changed-meanwhile') {
          await reload();
          // To be seen as they are, before anything is chosen again.
          rest();
        }
        throw thrown;
      }
      const place = branchName(organizations, language, branch) ?? t('organizations.everything');
      const words = [
        ...(isOther ? [t('people.changed', { name, role: t(`people.roles.${role}`) })] : []),
        ...(isMoved ? [t('people.moved', { name, place })] : []),
      ];
      admin.feedback.value = words.join(' · ');
      // Whoever changes their own rights sees other pages, or other organizations, from then on.
      if (isMe && isOther) await admin.checkSession();
      if (isMe && isMoved) await admin.loadOffice();
      await reload();
      // What was chosen while it was on its way is not stored yet.
      if (chosen.value === sent) rest();
    });

  return (
    <form
      class="person-rights"
      ref={box}
      onSubmit={(event) => {
        event.preventDefault();
        void store();
      }}
    >
      <RoleSelect
        id={`role-${id}`}
        label={t('people.roleOf', { name })}
        labelHidden
        role={role}
        onChange={(next) => {
          chosen.value = { ...chosen.value, role: next };
        }}
      />
      {isTree(organizations) ? (
        <BranchSelect
          id={`branch-${id}`}
          label={t('people.branchOf', { name })}
          labelHidden
          list={organizations}
          branch={branch}
          onChange={(next) => {
            chosen.value = { ...chosen.value, branch: next };
          }}
        />
      ) : null}
      {isChanged && isMe ? <p class="hint">{t('people.ownRights')}</p> : null}
      {isChanged ? (
        <div class="form-acts">
          <SubmitButton busy={isBusy}>
            {t('people.saveRights')}
            <span class="visually-hidden">: {name}</span>
          </SubmitButton>
          <Button kind="quiet" onPress={rest}>
            {t('people.rightsNot')}
          </Button>
        </div>
      ) : null}
      <ActProblem error={error} stale={t('people.changedMeanwhile')} />
    </form>
  );
}
