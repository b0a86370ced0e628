import type { Organization } from '#core/contract/organization.ts';
import { nameIn } from '#core/contract/localized-name.ts';
import { useWords } from '../admin.ts';
import { inTreeOrder } from './tree.ts';

interface OrganizationSelectProps {
  id: string;
  label: string;
  labelHidden?: boolean;
  hint?: string;
  organizations: readonly Organization[];
  /** What may be chosen besides, at the front. */
  besides?: { value: string; text: string } | null;
  value: string;
  onChange: (value: string) => void;
}

const INDENT = '\u2003';

/** Chooses an organization of one's branch; each stands further in than the one above it. */
export function OrganizationSelect(props: OrganizationSelectProps) {
  const { id, label, labelHidden, hint, organizations, besides, value, onChange } = props;
  const { language } = useWords();
  return (
    <div class="field">
      <label for={id} class={labelHidden ? 'visually-hidden' : undefined}>
        {label}
      </label>
      {hint === undefined ? null : (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <select
        id={id}
        class="input"
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        value={value}
        onChange={({ currentTarget }) => {
          const chosen = currentTarget.value;
          // What is on show stays what is known until the change is.
          currentTarget.value = value;
          if (chosen !== value) onChange(chosen);
        }}
      >
        {besides ? (
          <option value={besides.value} selected={besides.value === value}>
            {besides.text}
          </option>
        ) : null}
        {inTreeOrder(organizations).map(({ organization, depth }) => (
          <option
            key={organization.id}
            value={organization.id}
            selected={organization.id === value}
          >
            {INDENT.repeat(depth)}
            {nameIn(language, organization.name)}
          </option>
        ))}
      </select>
    </div>
  );
}
