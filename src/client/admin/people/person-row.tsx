import { useSignal } from '@preact/signals';
import type { Person } from '#core/contract/people.ts';
import { Button } from '../../ui/button.tsx';
import { useAdmin, useWords } from '../admin.ts';
import { ActProblem } from '../parts/act-problem.tsx';
import { useAct } from '../parts/use-act.ts';
import { RoleSelect } from './role-select.tsx';

/** Somebody with an account: another role, or no account any more. */
export function PersonRow({ person, reload }: { person: Person; reload: () => void }) {
  const admin = useAdmin();
  const { t, formats } = useWords();
  const { isBusy, error, act } = useAct();
  const isAsking = useSignal(false);
  const { id, name } = person;
  const isMe = admin.me.value?.name === name;

  const change = (role: Person['role']) =>
    act(async () => {
      await admin.api.changeRole(id, role);
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

  return (
    <li class="person">
      <div>
        <h3>
          {name} {isMe ? <span class="tag">{t('people.you')}</span> : null}
        </h3>
        <p class="hint">
          {t('people.since', { moment: formats.moment(person.madeAt) })} ·{' '}
          {t(person.hasTwoFactor ? 'people.twoFactor' : 'people.noTwoFactor')}
        </p>
      </div>
      <RoleSelect
        id={`role-${id}`}
        label={t('people.roleOf', { name })}
        labelHidden
        role={person.role}
        onChange={(role) => void change(role)}
      />
      {isAsking.value ? (
        <div class="person-sure">
          <p role="alert">{t('people.sure', { name })}</p>
          <div class="form-acts">
            <Button kind="primary" isBusy={isBusy} onPress={() => void remove()}>
              {t('people.remove')}
            </Button>
            <Button
              kind="secondary"
              onPress={() => {
                isAsking.value = false;
              }}
            >
              {t('people.keep')}
            </Button>
          </div>
        </div>
      ) : (
        <Button
          kind="secondary"
          label={t('people.removeName', { name })}
          onPress={() => {
            isAsking.value = true;
          }}
        >
          {t('people.remove')}
        </Button>
      )}
      <ActProblem error={error} />
    </li>
  );
}
