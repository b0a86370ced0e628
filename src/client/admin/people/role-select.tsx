import { ROLES, type Role } from '#core/contract/role.ts';
import { useWords } from '../admin.ts';

interface RoleSelectProps {
  id: string;
  label: string;
  labelHidden?: boolean;
  role: Role;
  onChange: (role: Role) => void;
}

/** Chooses a role. */
export function RoleSelect({ id, label, labelHidden, role, onChange }: RoleSelectProps) {
  const { t } = useWords();
  return (
    <div class="field">
      <label for={id} class={labelHidden ? 'visually-hidden' : undefined}>
        {label}
      </label>
      <select
        id={id}
        class="input"
        value={role}
        onChange={({ currentTarget }) => {
          const chosen = ROLES.find((known) => known === currentTarget.value);
          // What is on show stays what is known until the change is.
          currentTarget.value = role;
          if (chosen && chosen !== role) onChange(chosen);
        }}
      >
        {ROLES.map((known) => (
          <option key={known} value={known} selected={known === role}>
            {t(`people.roles.${known}`)}
          </option>
        ))}
      </select>
    </div>
  );
}
