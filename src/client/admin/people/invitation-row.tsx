import { useSignal } from '@preact/signals';
import type { Invitation } from '#core/contract/people.ts';
import { Button } from '../../ui/button.tsx';
import { useAdmin, useOrganizations, useWords } from '../admin.ts';
import { branchName, isTree } from '../organizations/tree.ts';
import { ActProblem } from '../parts/act-problem.tsx';
import { Sure } from '../parts/sure.tsx';
import { useAct } from '../parts/use-act.ts';

/** An invitation that nobody has used yet. */
export function InvitationRow(props: { invitation: Invitation; reload: () => void }) {
  const { invitation, reload } = props;
  const { api, feedback } = useAdmin();
  const { t, language, formats } = useWords();
  const { isBusy, error, act } = useAct();
  const organizations = useOrganizations();
  const place = branchName(organizations, language, invitation.branch);
  const isAsking = useSignal(false);

  const withdraw = () =>
    act(async () => {
      await api.withdrawInvitation(invitation.id);
      feedback.value = t('people.withdrawn');
      reload();
    });

  return (
    <li class="person">
      <div>
        <h3>
          {t(`people.roles.${invitation.role}`)}
          {place !== null && isTree(organizations) ? ` · ${place}` : ''}
        </h3>
        <p class="hint">{t('people.expires', { moment: formats.moment(invitation.expiresAt) })}</p>
      </div>
      {isAsking.value ? (
        <Sure
          question={t('people.withdrawSure')}
          yes={t('people.withdraw')}
          no={t('people.withdrawNot')}
          isBusy={isBusy}
          onYes={() => void withdraw()}
          onNo={() => {
            isAsking.value = false;
          }}
        />
      ) : (
        <Button
          kind="secondary"
          onPress={() => {
            isAsking.value = true;
          }}
        >
          {t('people.withdraw')}
        </Button>
      )}
      <ActProblem error={error} />
    </li>
  );
}
