import type { Branch, OrganizationList } from '#core/contract/organization.ts';
import { useWords } from '../admin.ts';
import { OrganizationSelect } from './organization-select.tsx';

interface BranchSelectProps {
  id: string;
  label: string;
  labelHidden?: boolean;
  list: OrganizationList;
  branch: Branch;
  onChange: (branch: Branch) => void;
}

/** Chooses what an account is to see, out of what one sees oneself. */
export function BranchSelect({ list, branch, ...field }: BranchSelectProps) {
  const { t } = useWords();
  return (
    <OrganizationSelect
      {...field}
      organizations={list.organizations}
      besides={list.branch === 'all' ? { value: 'all', text: t('organizations.everything') } : null}
      value={branch}
    />
  );
}
