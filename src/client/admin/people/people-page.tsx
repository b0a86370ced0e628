import { useSignal } from '@preact/signals';
import type { People } from '#core/contract/people.ts';
import { useAdmin, useOrganizations, useWords } from '../admin.ts';
import { isTree } from '../organizations/tree.ts';
import { Link } from '../parts/link.tsx';
import { LoadedContent } from '../parts/loaded-content.tsx';
import { Page } from '../parts/page.tsx';
import { SearchField } from '../parts/search-field.tsx';
import { useLoaded } from '../parts/use-loaded.ts';
import { InvitationRow } from './invitation-row.tsx';
import { InviteSection } from './invite-section.tsx';
import { PersonRow } from './person-row.tsx';

/** Who has an account in this office, and with which role. */
export function PeoplePage() {
  const { api } = useAdmin();
  const { t } = useWords();
  const load = useLoaded(() => api.people(), 'people');
  const search = useSignal('');
  const organizations = useOrganizations();

  /** Shows the list as it is now, without hiding it meanwhile. */
  async function reload() {
    try {
      load.loaded.value = { state: 'ready', value: await api.people() };
    } catch {
      load.retry();
    }
  }

  function lists({ people, invitations }: People) {
    const wanted = search.value.trim().toLowerCase();
    const found = people.filter(({ name }) => name.toLowerCase().includes(wanted));
    return (
      <>
        <section class="card aside-section" aria-labelledby="people">
          <h2 id="people">{t('people.list')}</h2>
          <SearchField
            id="people-search"
            label={t('people.search')}
            among={people.length}
            value={search.value}
            onInput={(words) => {
              search.value = words;
            }}
          />
          {found.length === 0 ? <p>{t('people.nobody')}</p> : null}
          <ul class="people">
            {found.map((person) => (
              <PersonRow key={person.id} person={person} reload={reload} />
            ))}
          </ul>
        </section>
        <section class="card aside-section" aria-labelledby="invitations">
          <h2 id="invitations">{t('people.waiting')}</h2>
          {invitations.length === 0 ? <p>{t('people.noneWaits')}</p> : null}
          <ul class="people">
            {invitations.map((invitation) => (
              <InvitationRow
                key={invitation.id}
                invitation={invitation}
                reload={() => void reload()}
              />
            ))}
          </ul>
        </section>
      </>
    );
  }

  return (
    <Page
      title={t('people.title')}
      lead={t('people.lead')}
      actions={
        isTree(organizations) ? (
          <Link to={{ page: 'organizations' }} class="button">
            {t('nav.organizations')}
          </Link>
        ) : undefined
      }
    >
      <InviteSection reload={() => void reload()} />
      <LoadedContent load={load}>{lists}</LoadedContent>
      {isTree(organizations) || load.loaded.value.state === 'loading' ? null : (
        <section class="card aside-section" aria-labelledby="several">
          <h2 id="several">{t('organizations.several')}</h2>
          <p>{t('organizations.severalText')}</p>
          <div class="form-acts">
            <Link to={{ page: 'organizations' }} class="button">
              {t('organizations.begin')}
            </Link>
          </div>
        </section>
      )}
    </Page>
  );
}
