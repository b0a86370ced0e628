import { Fragment } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Access } from '#core/contract/role.ts';
import { lazyPage } from './parts/lazy-page.tsx';
import {
  AdminContext,
  instrumentsOf,
  shownAssessment,
  useAdmin,
  useMay,
  type Admin,
  type SessionState,
} from './admin.ts';
import { AccountFrame } from './account/account-frame.tsx';
import { AccountGonePage } from './account/account-gone-page.tsx';
import { SignInPage } from './account/sign-in-page.tsx';
import { createTyped } from './account/typed-fields.ts';
import { today } from './life/state-today.ts';
import { NewAssessmentPage } from './assessment/new-assessment-page.tsx';
import { OverviewPage } from './overview/overview-page.tsx';
import { standsAbove } from './organizations/tree.ts';
import { Failed, Loading } from './parts/states.tsx';
import type { Route } from './routes.ts';
import { NotAllowedPage } from './shell/not-allowed-page.tsx';
import { NothingYet } from './shell/nothing-yet.tsx';
import { Shell } from './shell/shell.tsx';
import { UnknownPage } from './shell/unknown-page.tsx';

const SetUpPage = lazyPage(async () => (await import('./account/set-up-page.tsx')).SetUpPage);
const ScoresPage = lazyPage(async () => (await import('./scores/scores-page.tsx')).ScoresPage);
const FiguresPage = lazyPage(async () => (await import('./card/figures-page.tsx')).FiguresPage);
const ChannelsPage = lazyPage(
  async () => (await import('./channels/channels-page.tsx')).ChannelsPage,
);
const KiosksPage = lazyPage(async () => (await import('./kiosks/kiosks-page.tsx')).KiosksPage);
const PostersPage = lazyPage(async () => (await import('./posters/posters-page.tsx')).PostersPage);
const StaffCodesPage = lazyPage(
  async () => (await import('./staff-codes/staff-codes-page.tsx')).StaffCodesPage,
);
const ReportPage = lazyPage(async () => (await import('./report/report-page.tsx')).ReportPage);
const OitPage = lazyPage(async () => (await import('./oit/oit-page.tsx')).OitPage);
const MeasuresPage = lazyPage(
  async () => (await import('./measures/measures-page.tsx')).MeasuresPage,
);
const SetAsidePage = lazyPage(
  async () => (await import('./set-aside/set-aside-page.tsx')).SetAsidePage,
);
const LifePage = lazyPage(async () => (await import('./life/life-page.tsx')).LifePage);
const SettingsPage = lazyPage(
  async () => (await import('./assessment/settings-page.tsx')).SettingsPage,
);

const JoinPage = lazyPage(async () => (await import('./account/join-page.tsx')).JoinPage);
const RecoverPage = lazyPage(async () => (await import('./account/recover-page.tsx')).RecoverPage);
const OwnAccountPage = lazyPage(
  async () => (await import('./account/own-account-page.tsx')).OwnAccountPage,
);
const PeoplePage = lazyPage(async () => (await import('./people/people-page.tsx')).PeoplePage);
const OrganizationsPage = lazyPage(
  async () => (await import('./organizations/organizations-page.tsx')).OrganizationsPage,
);
const OrganizationsImportPage = lazyPage(
  async () => (await import('./organizations-import/import-page.tsx')).OrganizationsImportPage,
);
const HandDownPage = lazyPage(
  async () => (await import('./hand-down/hand-down-page.tsx')).HandDownPage,
);
const RollUpPage = lazyPage(async () => (await import('./roll-up/roll-up-page.tsx')).RollUpPage);
const AuditPage = lazyPage(async () => (await import('./audit/audit-page.tsx')).AuditPage);

/** What a page asks for besides looking. */
const ACCESS: Partial<Record<Route['page'], Access>> = {
  people: 'own',
  organizations: 'own',
  'organizations-import': 'own',
  settings: 'edit',
  'hand-down': 'edit',
  life: 'edit',
  figures: 'edit',
  kiosks: 'edit',
};

/** The pages of somebody who is signed in. */
function OfficePages() {
  const admin = useAdmin();
  const { office, chosen, router } = admin;
  const may = useMay();
  if (office.value.state === 'loading')
    return (
      <AccountFrame>
        <Loading />
      </AccountFrame>
    );
  if (office.value.state === 'failed')
    return (
      <AccountFrame>
        <Failed error={office.value.error} retry={() => void admin.loadOffice()} />
      </AccountFrame>
    );

  const route = router.route.value;
  const searched = (route.page === 'audit' && route.search) || {};
  const assessment = shownAssessment(office.value.value, chosen.value, today());
  const { organizations } = office.value.value;
  // A city makes its tree and invites its districts before any year is there.
  function ofTree() {
    if (route.page === 'people') return <PeoplePage />;
    if (route.page === 'organizations') return <OrganizationsPage list={organizations} />;
    if (route.page === 'organizations-import')
      return <OrganizationsImportPage list={organizations} />;
    return null;
  }
  const treePage = may('own') ? ofTree() : null;
  // Where there are offices below and nothing of their own above them, these come first.
  const isAbove = standsAbove(organizations, office.value.value.assessments);
  const isTyping = route.page === 'new-office' || route.page === 'new-departments';
  function beforeAny() {
    if (treePage) return treePage;
    if (may('edit') && (isTyping || !isAbove)) return null;
    if (route.page === 'account') return <OwnAccountPage />;
    // The log is there before any assessment is.
    if (may('audit') && (route.page === 'audit' || !may('look')))
      return <AuditPage search={searched} />;
    return isAbove && may('look') ? <RollUpPage /> : <NothingYet />;
  }
  const step = route.page === 'new-departments' ? 'departments' : 'office';
  if (!assessment) {
    const first = beforeAny();
    return first ? <Shell assessment={null}>{first}</Shell> : <NewAssessmentPage step={step} />;
  }
  if (isTyping && may('edit')) return <NewAssessmentPage step={step} />;
  if (route.page === 'overview' && isAbove && assessment.id !== chosen.value && may('look'))
    return (
      <Shell assessment={null}>
        <RollUpPage />
      </Shell>
    );
  const instruments = instrumentsOf(assessment, office.value.value.instruments);
  const shown = { assessment, instruments };
  if (route.page === 'posters' && may('look'))
    return <PostersPage key={assessment.id} {...shown} choice={route.choice} />;

  function page() {
    if (route.page === 'account') return <OwnAccountPage />;
    // An auditor has the log and nothing besides.
    if (route.page === 'audit' || !may('look'))
      return may('audit') ? <AuditPage search={searched} /> : <NotAllowedPage />;
    if (isTyping || !may(ACCESS[route.page] ?? 'look')) return <NotAllowedPage />;
    if (treePage) return treePage;
    if (route.page === 'roll-up') return <RollUpPage />;
    if (route.page === 'overview') return <OverviewPage {...shown} />;
    if (route.page === 'scores') return <ScoresPage {...shown} by={route.by ?? null} />;
    if (route.page === 'figures') return <FiguresPage {...shown} />;
    if (route.page === 'channels') return <ChannelsPage {...shown} />;
    if (route.page === 'kiosks') return <KiosksPage {...shown} />;
    if (route.page === 'staff-codes') return <StaffCodesPage {...shown} />;
    if (route.page === 'oit') return <OitPage {...shown} />;
    if (route.page === 'measures') return <MeasuresPage {...shown} item={route.item ?? null} />;
    if (route.page === 'report') return <ReportPage {...shown} />;
    if (route.page === 'set-aside') return <SetAsidePage {...shown} />;
    if (route.page === 'life') return <LifePage {...shown} />;
    if (route.page === 'hand-down') return <HandDownPage {...shown} />;
    if (route.page === 'settings') return <SettingsPage {...shown} />;
    return <UnknownPage />;
  }
  return (
    <Shell assessment={may('look') ? assessment : null}>
      {/* Another assessment is another page: nothing typed or loaded for one shows up at the other. */}
      <Fragment key={assessment.id}>{page()}</Fragment>
    </Shell>
  );
}

/** Where somebody was on the page when the session ended is where they go on after the next sign-in. */
function useReturn(state: SessionState['state']): void {
  const left = useRef<{ focused: Element | null; scrollY: number } | null>(null);
  // Read while the page is still drawn: hidden behind the sign-in it has neither.
  if (state === 'ended')
    left.current ??= { focused: document.activeElement, scrollY: window.scrollY };
  useEffect(() => {
    if (state !== 'signed-in' || left.current === null) return;
    const { focused, scrollY } = left.current;
    left.current = null;
    if (!(focused instanceof HTMLElement) || !focused.isConnected) return;
    focused.focus({ preventScroll: true });
    window.scrollTo(0, scrollY);
  }, [state]);
}

function Pages() {
  const admin = useAdmin();
  const session = admin.session.value;
  const route = admin.router.route.value;
  const language = admin.texts.value?.language;
  const [typed] = useState(createTyped);
  const before = useRef(route.page);
  useReturn(session.state);

  useEffect(() => {
    // The two screens of a new assessment, while that is not made.
    const isOneOf = [before.current, route.page].includes('new-departments');
    typed.turn(isOneOf && admin.newDraft.value !== null);
    before.current = route.page;
  }, [route.page]);
  useEffect(() => {
    if (language) document.documentElement.lang = language;
  }, [language]);

  if (route.page === 'set-up') return <SetUpPage token={route.token} />;
  if (route.page === 'recover') return <RecoverPage token={route.token} />;
  if (route.page === 'join') return <JoinPage token={route.token} />;
  if (session.state === 'signed-out') return <SignInPage ended={false} />;
  if (session.state === 'checking' || session.state === 'failed')
    return (
      <AccountFrame>
        {session.state === 'checking' ? (
          <Loading />
        ) : (
          <Failed error={session.error} retry={() => void admin.checkSession()} />
        )}
      </AccountFrame>
    );
  function inFront() {
    if (session.state !== 'ended') return null;
    if (session.isGone) return <AccountGonePage typed={typed.fields()} />;
    return <SignInPage ended />;
  }
  // The page stays mounted behind the sign-in, with everything that was typed into it.
  return (
    <>
      {inFront()}
      <div
        hidden={session.state === 'ended'}
        onInput={({ target }) => target && typed.note(target)}
      >
        <OfficePages />
      </div>
    </>
  );
}

export function App({ admin }: { admin: Admin }) {
  return (
    <AdminContext.Provider value={admin}>
      <Pages />
    </AdminContext.Provider>
  );
}
