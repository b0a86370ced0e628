import { useSignal } from '@preact/signals';
import type { Person } from '#core/contract/people.ts';
import { Button } from '../../ui/button.tsx';
import { useAdmin, useOrganizations, useWords } from '../admin.ts';
import { BranchSelect } from '../organizations/branch-select.tsx';
import { branchName, isTree } from '../organizations/tree.ts';
import { ActProblem } from '../parts/act-problem.tsx';
import { Sure } from '../parts/sure.tsx';
import { useAct } from '../parts/use-act.ts';
import { RoleSelect } from './role-select.tsx';

/** Somebody with an account: another role, no second factor, or no account any more. */
export function PersonRow({ person, reload }: { person: Person; reload: () => void }) {
  const admin = useAdmin();
  const { t, language, formats } = useWords();
  const organizations = useOrganizations();
  const { isBusy, error, act } = useAct();
  const asking = useSignal<'nothing' | 'removal' | 'second-factor'>('nothing');
  const { id, name } = person;
  const isMe = admin.me.value?.name === name;

  const move = (branch: Person['branch']) =>
    act(async () => {
      await admin.api.changeRole(id, { role: person.role, branch });
      const place = branchName(organizations, language, branch) ?? t('organizations.everything');
      admin.feedback.value = t('people.moved', { name, place });
      // Whoever moves themselves sees other organizations from then on.
      if (isMe) await admin.loadOffice();
      else reload();
    });
  const change = (role: Person['role']) =>
    act(async () => {
      await admin.api.changeRole(id, { role });
      admin.feedback.value = t('people.changed', { name, role: t(`people.roles.${role}`) });
      // Whoever changes their own role sees other pages from then on.
      if (isMe) await admin.checkSession();
      reload();
    });
  const remove = () =>
    act(async () => {
      await admin.api.removePerson(id);
      admin.feedback.value = t('people.removed', { name });
      if (isMe) await admin.checkSession();
      reload();
    });

  const endSecondFactor = () =>
    act(async () => {
      await admin.api.endSecondFactor(id);
      admin.feedback.value = t('people.takenOff', { name });
      asking.value = 'nothing';
      reload();
    });
  function leave() {
    asking.value = 'nothing';
  }

  return (
    <li class="person">
      <div>
        <h3>
          {name} {isMe ? <span class="tag">{t('people.you')}</span> : null}
        </h3>
        <p class="hint">
          {t('people.since', { moment: formats.moment(person.madeAt) })} ·{' '}
          {t(person.hasTwoFactor ? 'people.twoFactor' : 'people.noTwoFactor')}
          {person.hasPasskey ? ` · ${t('people.passkey')}` : ''}
        </p>
      </div>
      <div class="person-rights">
        <RoleSelect
          id={`role-${id}`}
          label={t('people.roleOf', { name })}
          labelHidden
          role={person.role}
          onChange={(role) => void change(role)}
        />
        {isTree(organizations) ? (
          <BranchSelect
            id={`branch-${id}`}
            label={t('people.branchOf', { name })}
            labelHidden
            list={organizations}
            branch={person.branch}
            onChange={(branch) => void move(branch)}
          />
        ) : null}
      </div>
      {asking.value === 'nothing' ? (
        <div class="form-acts">
          {!isMe && (person.hasTwoFactor || person.hasPasskey) ? (
            <Button
              kind="secondary"
              label={t('people.takeOffName', { name })}
              onPress={() => {
                asking.value = 'second-factor';
              }}
            >
              {t('people.takeOff')}
            </Button>
          ) : null}
          <Button
            kind="secondary"
            label={t('people.removeName', { name })}
            onPress={() => {
              asking.value = 'removal';
            }}
          >
            {t('people.remove')}
          </Button>
        </div>
      ) : null}
      {asking.value === 'removal' ? (
        <Sure
          question={t('people.sure', { name })}
          yes={t('people.remove')}
          no={t('people.keep')}
          isBusy={isBusy}
          onYes={() => void remove()}
          onNo={leave}
        />
      ) : null}
      {asking.value === 'second-factor' ? (
        <Sure
          question={t('people.takeOffSure', { name })}
          yes={t('people.takeOff')}
          no={t('people.takeOffNot')}
          isBusy={isBusy}
          onYes={() => void endSecondFactor()}
          onNo={leave}
        />
      ) : null}
      <ActProblem error={error} />
    </li>
  );
}
