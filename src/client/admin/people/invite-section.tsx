import { useSignal } from '@preact/signals';
import type { MadeInvitation } from '#core/contract/people.ts';
import type { Branch } from '#core/contract/organization.ts';
import { ROLES, type Role } from '#core/contract/role.ts';
import { Button } from '../../ui/button.tsx';
import { useAdmin, useOrganizations, useWords } from '../admin.ts';
import { BranchSelect } from '../organizations/branch-select.tsx';
import { isTree } from '../organizations/tree.ts';
import { ActProblem } from '../parts/act-problem.tsx';
import { CopyButton } from '../parts/copy-button.tsx';
import { Icon } from '../parts/icon.tsx';
import { useAct } from '../parts/use-act.ts';
import { RoleSelect } from './role-select.tsx';

/** Makes the link of an invitation and shows it, this once. */
export function InviteSection({ reload }: { reload: () => void }) {
  const { api } = useAdmin();
  const { t, formats } = useWords();
  const { isBusy, error, act } = useAct();
  const organizations = useOrganizations();
  const role = useSignal<Role>('viewer');
  const branch = useSignal<Branch>(organizations.branch);
  const made = useSignal<MadeInvitation | null>(null);

  const invite = () =>
    act(async () => {
      made.value = await api.invite({ role: role.value, branch: branch.value });
      reload();
    });

  return (
    <section class="card aside-section" aria-labelledby="invite">
      <h2 id="invite">{t('people.invite')}</h2>
      <RoleSelect
        id="invite-role"
        label={t('people.role')}
        role={role.value}
        onChange={(chosen) => {
          role.value = chosen;
          made.value = null;
        }}
      />
      {isTree(organizations) ? (
        <BranchSelect
          id="invite-branch"
          label={t('people.branch')}
          list={organizations}
          branch={branch.value}
          onChange={(chosen) => {
            branch.value = chosen;
            made.value = null;
          }}
        />
      ) : null}
      <ul class="hint role-meanings">
        {ROLES.map((known) => (
          <li key={known}>
            <strong>{t(`people.roles.${known}`)}</strong> {t(`people.meanings.${known}`)}
          </li>
        ))}
      </ul>
      <div class="form-acts">
        <Button kind="primary" isBusy={isBusy} onPress={() => void invite()}>
          <Icon name="plus" />
          {t('people.makeLink')}
        </Button>
      </div>
      <ActProblem error={error} />
      <output>
        {made.value ? (
          <div class="note">
            <p>
              {t('people.linkMade', {
                role: t(`people.roles.${made.value.role}`),
                moment: formats.moment(made.value.expiresAt),
              })}
            </p>
            <p class="channel-url">{made.value.link}</p>
            <CopyButton text={made.value.link} what={t('people.invite')} />
          </div>
        ) : null}
      </output>
    </section>
  );
}
