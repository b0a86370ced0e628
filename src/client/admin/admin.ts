// The state of the office's app that outlives a page: who is signed in, in which language, which assessment.
import { signal, type Signal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Session } from '#core/contract/account.ts';
import type { Assessment } from '#core/contract/assessment.ts';
import { LANGUAGES, type Language } from '#core/contract/language.ts';
import type { OrganizationList } from '#core/contract/organization.ts';
import { may, type Access } from '#core/contract/role.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { stateOn } from '#core/life/state-on.ts';
import { createApi, type Api } from './api.ts';
import { asApiError, type ApiError } from './api-error.ts';
import type { DraftForm } from './assessment/draft-form.ts';
import { draftText, readDraftText } from './assessment/draft-memory.ts';
import { formatsFor, type Formats } from './formats.ts';
import { inTheNameOf } from './in-the-name-of.ts';
import type { Loaded } from './loaded.ts';
import { depthsIn, inOfficeOrder } from './organizations/office-order.ts';
import { createRouter, type Router, type RouterWindow } from './router.ts';
import type { Texts, Translate } from './texts.ts';

/**
 * ended: the session ran out under a page, which stays mounted behind the sign-in so that nothing typed is lost. isGone: nobody can sign
 * in to its account any more.
 */
export type SessionState =
  | { state: 'checking' }
  | { state: 'failed'; error: ApiError }
  | { state: 'signed-out' }
  | { state: 'ended'; isGone: boolean }
  | { state: 'signed-in' };

export interface Office {
  assessments: Assessment[];
  instruments: Instrument[];
  /** Of one's branch. */
  organizations: OrganizationList;
}

export interface Admin {
  readonly api: Api;
  readonly router: Router;
  readonly texts: Signal<Texts | null>;
  readonly session: Signal<SessionState>;
  /** Who is signed in, or was when the session ended. */
  readonly me: Signal<Session | null>;
  readonly office: Signal<Loaded<Office>>;
  /** The id of the assessment on show; null = the newest. */
  readonly chosen: Signal<string | null>;
  /** A new assessment while it is being typed; kept as long as the tab: a phone throws away a page that is left for another app. */
  readonly newDraft: Signal<DraftForm | null>;
  /** A short word after an act, read out politely; null = nothing to say. */
  readonly feedback: Signal<string | null>;
  /** Why something did not work that has no place of its own on the page; stays until the place changes or it is tried again. */
  readonly trouble: Signal<string | null>;
  /** Shows another language; the one chosen last wins. Rejects when its words cannot be fetched. */
  chooseLanguage(language: Language): Promise<void>;
  checkSession(): Promise<void>;
  signedIn(session: Session): void;
  /** Asks first where something is typed that is not stored. */
  signOut(): Promise<void>;
  /** quietly: what is on show stays until the new has come, or where it cannot be fetched. */
  loadOffice(how?: 'quietly'): Promise<void>;
  /** The tree as it is now; what is on show stays where it cannot be fetched. */
  loadOrganizations(): Promise<void>;
  /** Shows an assessment as it was just stored. */
  keepAssessment(assessment: Assessment): void;
  /** Shows no more an assessment that was just deleted. */
  forgetAssessment(id: string): void;
}

type Store = Pick<Storage, 'getItem' | 'setItem'>;

export interface AdminEffects {
  fetch: typeof fetch;
  window: RouterWindow;
  storage: Store | null;
  /** Lasts as long as the tab: what is on show in one is not changed by another. */
  tabStorage: Store | null;
  loadTexts: (language: Language) => Promise<Texts>;
}

const LANGUAGE_KEY = 'sucharit-admin-language';
const ASSESSMENT_KEY = 'sucharit-admin-assessment';
const NEW_DRAFT_KEY = 'sucharit-admin-new-assessment';
/** Who signed in last in this tab, whose that draft is. */
const ACCOUNT_KEY = 'sucharit-admin-account';

function rememberedLanguage(storage: Store | null): Language {
  const remembered = storage?.getItem(LANGUAGE_KEY);
  return LANGUAGES.find((language) => language === remembered) ?? 'th';
}

function remember(store: Store | null, key: string, value: string): void {
  try {
    store?.setItem(key, value);
  } catch {
    // No room: it is chosen again at the next visit.
  }
}

export async function createAdmin(effects: AdminEffects): Promise<Admin> {
  const session = signal<SessionState>({ state: 'checking' });
  const office = signal<Loaded<Office>>({ state: 'loading' });
  const texts = signal<Texts | null>(null);
  const chosen = signal<string | null>(effects.tabStorage?.getItem(ASSESSMENT_KEY) || null);
  chosen.subscribe((id) => remember(effects.tabStorage, ASSESSMENT_KEY, id ?? ''));
  const newDraft = signal(readDraftText(effects.tabStorage?.getItem(NEW_DRAFT_KEY) ?? ''));
  newDraft.subscribe((form) => remember(effects.tabStorage, NEW_DRAFT_KEY, draftText(form)));
  let wanted: Language | null = null;
  let loads = 0;
  /** Of which load the office on show is: an answer that comes behind that of a later one is dropped. */
  let shownLoad = 0;

  const api = createApi({
    fetch: (input, init) => effects.fetch(input, inTheNameOf(admin.me.peek(), init)),
    onNotSignedIn(isGone) {
      session.value =
        session.value.state === 'signed-in' || session.value.state === 'ended'
          ? { state: 'ended', isGone }
          : { state: 'signed-out' };
    },
  });

  /** Resolves to whether it is on show: another may be chosen while its words are on their way. */
  async function showLanguage(language: Language): Promise<boolean> {
    wanted = language;
    const loaded = await effects.loadTexts(language);
    if (wanted !== language) return false;
    texts.value = loaded;
    return true;
  }

  const admin: Admin = {
    api,
    router: createRouter(effects.window),
    texts,
    session,
    me: signal<Session | null>(null),
    office,
    chosen,
    newDraft,
    feedback: signal<string | null>(null),
    trouble: signal<string | null>(null),
    async chooseLanguage(language) {
      if (await showLanguage(language)) remember(effects.storage, LANGUAGE_KEY, language);
    },
    async checkSession() {
      session.value = { state: 'checking' };
      try {
        admin.signedIn(await api.session());
      } catch (thrown) {
        const error = asApiError(thrown);
        if (error.code !== 'not-signed-in') session.value = { state: 'failed', error };
      }
    },
    signedIn(signedIn) {
      // Somebody else who signs in sees nothing of what was loaded for the one before, or typed, though the page was opened anew since.
      if (admin.me.value?.name !== signedIn.name) office.value = { state: 'loading' };
      const before = admin.me.value?.name ?? effects.tabStorage?.getItem(ACCOUNT_KEY);
      if (before !== signedIn.name) newDraft.value = null;
      remember(effects.tabStorage, ACCOUNT_KEY, signedIn.name);
      admin.me.value = signedIn;
      session.value = { state: 'signed-in' };
      if (office.value.state !== 'ready') void admin.loadOffice();
    },
    async signOut() {
      if (!admin.router.mayLeave()) return;
      try {
        await api.signOut();
      } catch (thrown) {
        // The session had ended by itself.
        if (asApiError(thrown).code !== 'not-signed-in') throw thrown;
      }
      session.value = { state: 'signed-out' };
      admin.me.value = null;
      shownLoad = loads += 1;
      office.value = { state: 'loading' };
      chosen.value = null;
      newDraft.value = null;
      remember(effects.tabStorage, ACCOUNT_KEY, '');
    },
    async loadOffice(how) {
      if (how !== 'quietly') office.value = { state: 'loading' };
      const load = (loads += 1);
      try {
        const [assessments, instruments, organizations] = await Promise.all([
          api.assessments(),
          api.instruments(),
          api.organizations(),
        ]);
        if (load < shownLoad) return;
        shownLoad = load;
        office.value = { state: 'ready', value: { assessments, instruments, organizations } };
      } catch (thrown) {
        if (how === 'quietly' || load < shownLoad) return;
        office.value = { state: 'failed', error: asApiError(thrown) };
      }
    },
    async loadOrganizations() {
      const organizations = await api.organizations().catch(() => null);
      if (organizations === null || office.value.state !== 'ready') return;
      office.value = { state: 'ready', value: { ...office.value.value, organizations } };
    },
    keepAssessment(assessment) {
      if (office.value.state !== 'ready') return;
      const { assessments, ...rest } = office.value.value;
      const before = assessments.find(({ id }) => id === assessment.id);
      const { organization } = assessment;
      // A name is the office's: the server changes it in the other years as well.
      const others = assessments
        .filter(({ id }) => id !== assessment.id)
        .map((other) =>
          other.organization.th === (before?.organization ?? organization).th
            ? { ...other, organization }
            : other,
        );
      office.value = {
        state: 'ready',
        value: { ...rest, assessments: [...others, assessment] },
      };
      chosen.value = assessment.id;
    },
    forgetAssessment(id) {
      if (office.value.state !== 'ready') return;
      const { assessments, ...rest } = office.value.value;
      const others = assessments.filter((known) => known.id !== id);
      office.value = { state: 'ready', value: { ...rest, assessments: others } };
      if (chosen.value === id) chosen.value = null;
    },
  };
  admin.router.moves.subscribe(() => {
    admin.trouble.value = null;
  });
  // Not remembered anew: another tab may have chosen another one while these words were on their way.
  await showLanguage(rememberedLanguage(effects.storage));
  return admin;
}

/**
 * The assessment on show on a day (ISO, in Thailand): the chosen one, else the latest that is open, and only where none is
 * the one of the latest fiscal year: the draft of the next year is looked at by who prepares it. Of a city its own before
 * those of its districts.
 */
export function shownAssessment(
  { assessments, organizations }: Pick<Office, 'assessments' | 'organizations'>,
  chosen: string | null,
  day: string,
): Assessment | undefined {
  const newestFirst = inOfficeOrder(assessments, organizations, 'th').sort(
    (a, b) => b.fiscalYear - a.fiscalYear,
  );
  const depth = depthsIn(organizations);
  const [newest] = newestFirst;
  const open = newestFirst.find(({ life }) => stateOn(life, day) === 'open');
  // A city that prepares its year is not shown whichever district has begun.
  const isNewestAbove = newest && open && depth(newest) < depth(open);
  return assessments.find(({ id }) => id === chosen) ?? (isNewestAbove ? newest : (open ?? newest));
}

/** The instruments of an assessment, in its own order. */
export function instrumentsOf(assessment: Assessment, instruments: Instrument[]): Instrument[] {
  return assessment.instruments.flatMap((wanted) => instruments.filter(({ id }) => id === wanted));
}

export const AdminContext = createContext<Admin | null>(null);

export function useAdmin(): Admin {
  const admin = useContext(AdminContext);
  if (!admin) throw new Error('a page of the office stands outside its app');
  return admin;
}

/** Whether who is signed in may do what asks for this access; the server has the last word. */
export function useMay(): (access: Access) => boolean {
  const me = useAdmin().me.value;
  return (access) => me !== null && may(me.role, access);
}

const NO_ORGANIZATIONS: OrganizationList = { branch: 'all', organizations: [] };

/** The tree of organizations, as far as one sees it. */
export function useOrganizations(): OrganizationList {
  const office = useAdmin().office.value;
  return office.state === 'ready' ? office.value.organizations : NO_ORGANIZATIONS;
}

/** The words and number formats of the language on show. */
export function useWords(): { t: Translate; language: Language; texts: Texts; formats: Formats } {
  const texts = useAdmin().texts.value;
  if (!texts) throw new Error('a page was drawn before its texts were loaded');
  return { t: texts.t, language: texts.language, texts, formats: formatsFor(texts.language) };
}
