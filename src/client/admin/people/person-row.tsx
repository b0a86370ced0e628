import { useSignal } from '@preact/signals';
import type { Person } from '#core/contract/people.ts';
import { Button } from '../../ui/button.tsx';
import { useAdmin, useWords } from '../admin.ts';
import { ActProblem } from '../parts/act-problem.tsx';
import { Sure } from '../parts/sure.tsx';
import { useAct } from '../parts/use-act.ts';
import { PersonRights } from './person-rights.tsx';

/** Somebody with an account: another role, no second factor, or no account any more. */
export function PersonRow({ person, reload }: { person: Person; reload: () => Promise<void> }) {
  const admin = useAdmin();
  const { t, formats } = useWords();
  const { isBusy, error, act } = useAct();
  const asking = useSignal<'nothing' | 'removal' | 'second-factor'>('nothing');
  const { id, name } = person;
  const isMe = admin.me.value?.name === name;

  const remove = () =>
    act(async () => {
      await admin.api.removePerson(id);
      admin.feedback.value = t('people.removed', { name });
      if (isMe) await admin.checkSession();
      await reload();
    });

  const endSecondFactor = () =>
    act(async () => {
      await admin.api.endSecondFactor(id);
      admin.feedback.value = t('people.takenOff', { name });
      asking.value = 'nothing';
      await reload();
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
      <PersonRights person={person} reload={reload} />
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
