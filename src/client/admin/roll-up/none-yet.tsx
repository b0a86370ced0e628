import { nameIn } from '#core/contract/localized-name.ts';
import { useOrganizations, useWords } from '../admin.ts';
import { inTreeOrder } from '../organizations/tree.ts';
import { Empty } from '../parts/states.tsx';

/** Before any office has an assessment: which ones there are. */
export function NoneYet() {
  const { t, language, formats } = useWords();
  const offices = inTreeOrder(useOrganizations().organizations).filter(
    ({ organization }) => organization.kind !== 'department',
  );
  return (
    <>
      <Empty icon="organizations" title={t('rollUp.none')}>
        <p>{t('rollUp.noneText')}</p>
      </Empty>
      <details class="more">
        <summary>
          {t('rollUp.offices', { count: offices.length, n: formats.count(offices.length) })}
        </summary>
        <ul class="nothing-yet">
          {offices.map(({ organization }) => (
            <li key={organization.id}>{nameIn(language, organization.name)}</li>
          ))}
        </ul>
      </details>
    </>
  );
}
