import type { ComponentChildren } from 'preact';
import type { Assessment } from '#core/contract/assessment.ts';
import { nameIn } from '#core/contract/localized-name.ts';
import type { OrganizationList } from '#core/contract/organization.ts';
import type { Access } from '#core/contract/role.ts';
import { useAdmin, useMay, useOrganizations, useWords } from '../admin.ts';
import { StateMark } from '../life/state-mark.tsx';
import { stateToday } from '../life/state-today.ts';
import { hasSeveralOffices, isTree } from '../organizations/tree.ts';
import { Feedback } from '../parts/feedback.tsx';
import { Icon, type IconName } from '../parts/icon.tsx';
import { LanguageSelect } from '../parts/language-select.tsx';
import { Link } from '../parts/link.tsx';
import { TroubleNote } from '../parts/trouble-note.tsx';
import { Unparted } from '../parts/unparted.tsx';
import type { Route } from '../routes.ts';
import { AssessmentSelect } from './assessment-select.tsx';
import { Brand } from './brand.tsx';
import { SignOutButton } from './sign-out-button.tsx';

interface Place {
  route: Route;
  icon: IconName;
  text: string;
  /** What one has to be allowed to find it there. */
  access: Access;
  /** Only where there is such a tree. */
  isFor?: (tree: OrganizationList) => boolean;
  /** Not in the bottom bar of a phone, which has room for five: overview, scores, settings, people and one's account lead there. */
  isOnWideOnly?: true;
}

const PLACES: readonly Place[] = [
  { route: { page: 'overview' }, icon: 'overview', text: 'nav.overview', access: 'look' },
  { route: { page: 'scores' }, icon: 'scores', text: 'nav.scores', access: 'look' },
  { route: { page: 'channels' }, icon: 'channels', text: 'nav.channels', access: 'look' },
  { route: { page: 'oit' }, icon: 'checklist', text: 'nav.oit', access: 'look' },
  {
    route: { page: 'measures' },
    icon: 'measures',
    text: 'nav.measures',
    access: 'look',
    isOnWideOnly: true,
  },
  {
    route: { page: 'report' },
    icon: 'file',
    text: 'nav.report',
    access: 'look',
    isOnWideOnly: true,
  },
  {
    route: { page: 'roll-up' },
    icon: 'compare',
    text: 'nav.rollUp',
    access: 'look',
    isFor: hasSeveralOffices,
    isOnWideOnly: true,
  },
  {
    route: { page: 'set-aside' },
    icon: 'aside',
    text: 'nav.setAside',
    access: 'look',
    isOnWideOnly: true,
  },
  { route: { page: 'settings' }, icon: 'settings', text: 'nav.settings', access: 'edit' },
  {
    route: { page: 'people' },
    icon: 'people',
    text: 'nav.people',
    access: 'own',
    isOnWideOnly: true,
  },
  {
    route: { page: 'organizations' },
    icon: 'organizations',
    text: 'nav.organizations',
    access: 'own',
    isFor: isTree,
    isOnWideOnly: true,
  },
  {
    route: { page: 'audit' },
    icon: 'audit',
    text: 'nav.audit',
    access: 'audit',
    isOnWideOnly: true,
  },
];

/** The place that leads to a page which has none of its own. */
function placeOf(page: Route['page'], hasAssessment: boolean): Route['page'] {
  if (page === 'overview' && !hasAssessment) return 'roll-up';
  if (page === 'life' || page === 'hand-down') return 'settings';
  if (page === 'organizations-import') return 'organizations';
  return page === 'kiosks' || page === 'staff-codes' ? 'channels' : page;
}

/** The frame round every page of the office: a side bar on a desktop, a bottom bar on a phone. */
export function Shell({
  assessment,
  children,
}: {
  /** Null while there is none, and for who looks at none. */
  assessment: Assessment | null;
  children: ComponentChildren;
}) {
  const admin = useAdmin();
  const { t, language, formats } = useWords();
  const may = useMay();
  const { page: asked } = admin.router.route.value;
  // An auditor has the log wherever an address leads.
  const page = may('look') || asked === 'account' ? asked : 'audit';
  const organizations = useOrganizations();
  // Without an assessment there is nothing to look at yet but the offices below, so that no link leads to it.
  const places = PLACES.filter(
    ({ access, isFor, route }) =>
      may(access) &&
      (assessment !== null || access === 'audit' || access === 'own' || route.page === 'roll-up') &&
      (isFor?.(organizations) ?? true),
  );
  return (
    <div class={`shell shell-of-${page}${places.length === 0 ? ' shell-alone' : ''}`}>
      <a class="skip" href="#main">
        {t('app.skip')}
      </a>
      <header class="shell-head">
        <Brand />
        {assessment === null ? null : (
          <div class="shell-office">
            <p class="shell-organization">{nameIn(language, assessment.organization)}</p>
            <p class="shell-year">
              {t('app.fiscalYear', {
                year: formats.year(assessment.fiscalYear),
                commonYear: formats.commonYear(assessment.fiscalYear),
              })}{' '}
              <StateMark state={stateToday(assessment)} />
            </p>
            <AssessmentSelect shown={assessment} />
          </div>
        )}
        <div class="shell-account">
          <LanguageSelect id="shell-language" />
          <Link to={{ page: 'account' }} class="button button-quiet" current={page === 'account'}>
            <Icon name="account" />
            <span class="account-words">{t('nav.account')}</span>
          </Link>
          <SignOutButton />
        </div>
      </header>
      {places.length === 0 ? null : (
        <nav class="shell-nav" aria-label={t('nav.label')}>
          <ul>
            {places.map(({ route, icon, text, isOnWideOnly }) => (
              <li
                key={text}
                class={isOnWideOnly && assessment !== null ? 'on-wide-only' : undefined}
              >
                <Link to={route} current={route.page === placeOf(page, assessment !== null)}>
                  <Icon name={icon} />
                  <span>
                    <Unparted text={t(text)} />
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      )}
      <main class="shell-main" id="main" tabIndex={-1}>
        <Feedback />
        <TroubleNote />
        {children}
      </main>
    </div>
  );
}
