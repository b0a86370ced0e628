import { useSignal } from '@preact/signals';
import type { OrganizationDraft, OrganizationList } from '#core/contract/organization.ts';
import { LANGUAGES } from '#core/contract/language.ts';
import { useAdmin, useWords } from '../admin.ts';
import { Icon } from '../parts/icon.tsx';
import { Link } from '../parts/link.tsx';
import { Page } from '../parts/page.tsx';
import { SearchField } from '../parts/search-field.tsx';
import { Empty } from '../parts/states.tsx';
import { useLoaded } from '../parts/use-loaded.ts';
import type { Holders } from './holders.ts';
import { OrganizationEditor } from './organization-editor.tsx';
import { newOrganizationForm } from './organization-form.ts';
import { OrganizationRow } from './organization-row.tsx';
import { inTreeOrder } from './tree.ts';

function isFound(name: OrganizationDraft['name'], wanted: string): boolean {
  return LANGUAGES.some((language) => (name[language] ?? '').toLowerCase().includes(wanted));
}

/** The tree of organizations, as far as one sees it. */
export function OrganizationsPage({ list }: { list: OrganizationList }) {
  const admin = useAdmin();
  const { t } = useWords();
  const search = useSignal('');
  const { loaded: holders } = useLoaded<Holders>(async () => {
    const [people, deleted] = await Promise.all([
      admin.api.people(),
      admin.api.deletedAssessments(),
    ]);
    return { ...people, deleted };
  }, 'holders');
  const wanted = search.value.trim().toLowerCase();
  // A city has some hundred departments; whoever searches finds them all the same.
  const unfolded = useSignal<ReadonlySet<string>>(new Set());
  const isFolded = (id: string) => wanted === '' && !unfolded.value.has(id);
  const found = inTreeOrder(list.organizations, isFolded).filter(({ organization }) =>
    isFound(organization.name, wanted),
  );

  function fold(id: string, isFoldedNow: boolean) {
    const next = new Set(unfolded.value);
    if (isFoldedNow) next.delete(id);
    else next.add(id);
    unfolded.value = next;
  }

  function keepInSight({ name, parent }: OrganizationDraft) {
    if (parent !== null) fold(parent, false);
    if (!isFound(name, wanted)) search.value = '';
  }

  return (
    <Page
      title={t('organizations.title')}
      lead={t('organizations.lead')}
      actions={
        <Link to={{ page: 'organizations-import' }} class="button button-secondary">
          <Icon name="file" />
          {t('orgImport.title')}
        </Link>
      }
    >
      <section class="card aside-section" aria-labelledby="organization-new">
        <h2 id="organization-new">{t('organizations.add')}</h2>
        <OrganizationEditor
          id="new-organization"
          first={newOrganizationForm(list)}
          list={list}
          changed={null}
          submit={
            <>
              <Icon name="plus" />
              {t('organizations.add')}
            </>
          }
          save={async (draft) => {
            await admin.api.addOrganization(draft);
            keepInSight(draft);
            admin.feedback.value = t('organizations.added', { name: draft.name.th });
          }}
        />
      </section>
      <section class="card aside-section" aria-labelledby="organizations">
        <h2 id="organizations">{t('organizations.list')}</h2>
        <SearchField
          id="organizations-search"
          label={t('organizations.search')}
          among={list.organizations.length}
          value={search.value}
          onInput={(words) => {
            search.value = words;
          }}
        />
        {list.organizations.length === 0 ? (
          <Empty icon="organizations" title={t('organizations.none')}>
            <p>{t('organizations.noneText')}</p>
          </Empty>
        ) : null}
        {list.organizations.length > 0 && found.length === 0 ? (
          <p>{t('organizations.nothingFound')}</p>
        ) : null}
        <ul class="people">
          {found.map((placed) => (
            <OrganizationRow
              key={placed.organization.id}
              placed={wanted === '' ? placed : { ...placed, depth: 0 }}
              list={list}
              isSearched={wanted !== ''}
              isFolded={isFolded(placed.organization.id)}
              onFold={(isFoldedNow) => fold(placed.organization.id, isFoldedNow)}
              onSaved={keepInSight}
              holders={holders.value}
            />
          ))}
        </ul>
      </section>
    </Page>
  );
}
