import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { OrganizationDraft, OrganizationList } from '#core/contract/organization.ts';
import { nameIn } from '#core/contract/localized-name.ts';
import { Button } from '../../ui/button.tsx';
import { useAdmin, useWords } from '../admin.ts';
import type { Loaded } from '../loaded.ts';
import { ActProblem } from '../parts/act-problem.tsx';
import { Icon } from '../parts/icon.tsx';
import { Sure } from '../parts/sure.tsx';
import { useAct } from '../parts/use-act.ts';
import { OrganizationEditor } from './organization-editor.tsx';
import { HeldNote } from './held-note.tsx';
import { type Holders, holdersOf } from './holders.ts';
import { nameFieldOf, organizationFormOf } from './organization-form.ts';
import { branchName, departmentsBelow, type Placed } from './tree.ts';

interface OrganizationRowProps {
  placed: Placed;
  list: OrganizationList;
  /** Then it stands among others that were found, and not below its own parent. */
  isSearched: boolean;
  /** Whether its departments are left out. */
  isFolded: boolean;
  onFold: (isFolded: boolean) => void;
  /** Called before it is shown as it was saved: it may stand elsewhere, and have another name than is searched for. */
  onSaved: (draft: OrganizationDraft) => void;
  /** What else keeps one in the tree. */
  holders: Loaded<Holders>;
}

/** An organization in the tree: another name, another place, or gone while nothing stands below it and it has no years. */
export function OrganizationRow(props: OrganizationRowProps) {
  const { placed, list, isSearched, isFolded, onFold, onSaved, holders } = props;
  const { organization, depth } = placed;
  const admin = useAdmin();
  const { t, language, formats } = useWords();
  const { isBusy, error, act } = useAct();
  const at = useSignal<'rest' | 'change' | 'removal'>('rest');
  const heading = useRef<HTMLHeadingElement>(null);
  const wasChanging = useRef(false);
  const isChanging = at.value === 'change';
  const editor = `organization-${organization.id}`;
  const name = nameIn(language, organization.name);
  const isTop = organization.id === list.branch;
  const above =
    organization.parent === null ? null : branchName(list, language, organization.parent);
  const departments = departmentsBelow(list.organizations, organization.id);
  const { office } = admin;
  const hasYears =
    office.value.state === 'ready' &&
    office.value.value.assessments.some(
      (assessment) => assessment.organization.th === organization.name.th,
    );
  const hasBelow = list.organizations.some(({ parent }) => parent === organization.id);
  const seemsFree = !isTop && !hasBelow && !hasYears;
  const held = seemsFree && holders.state === 'ready' ? holdersOf(holders.value, organization) : [];
  // Where nobody could tell, the server has the last word.
  const mayGo = seemsFree && holders.state !== 'loading' && held.length === 0;

  // The button goes where the form comes, and the form where it was sent, each with the focus: on to the form, or to what it was about.
  useEffect(() => {
    if (isChanging) document.getElementById(nameFieldOf(editor, 'th'))?.focus();
    else if (wasChanging.current) heading.current?.focus();
    wasChanging.current = isChanging;
  }, [isChanging]);

  function rest() {
    at.value = 'rest';
  }
  const remove = () =>
    act(async () => {
      await admin.api.removeOrganization(organization.id);
      admin.feedback.value = t('organizations.removed', { name });
      await admin.loadOrganizations();
    });

  return (
    <li class={`person organization organization-${Math.min(depth, 3)}`}>
      <div>
        <h3 tabIndex={-1} ref={heading}>
          {name}
        </h3>
        <p class="hint">
          {t(`organizations.kinds.${organization.kind}`)}
          {isSearched && above !== null ? ` · ${above}` : null}
        </p>
        {held.length > 0 ? <HeldNote holders={held} /> : null}
      </div>
      {at.value === 'rest' ? (
        <div class="form-acts">
          {departments > 0 && !isSearched ? (
            <button
              type="button"
              class="button button-quiet"
              aria-expanded={!isFolded}
              onClick={() => onFold(!isFolded)}
            >
              <Icon name={isFolded ? 'unfold' : 'fold'} />
              {t('handDown.departments', { count: departments, n: formats.count(departments) })}
              <span class="visually-hidden">: {name}</span>
            </button>
          ) : null}
          <Button
            kind="secondary"
            label={t('organizations.changeName', { name })}
            onPress={() => {
              at.value = 'change';
            }}
          >
            {t('organizations.change')}
          </Button>
          {mayGo ? (
            <Button
              kind="secondary"
              label={t('organizations.removeName', { name })}
              onPress={() => {
                at.value = 'removal';
              }}
            >
              {t('organizations.remove')}
            </Button>
          ) : null}
        </div>
      ) : null}
      {at.value === 'change' ? (
        <div class="person-sure">
          <OrganizationEditor
            id={editor}
            first={organizationFormOf(organization)}
            list={list}
            changed={organization.id}
            submit={t('organizations.save')}
            save={async (draft) => {
              await admin.api.changeOrganization(organization.id, draft);
              onSaved(draft);
              admin.feedback.value = t('organizations.changed', { name: draft.name.th });
              // Its years show its name.
              await admin.loadOffice('quietly');
            }}
            onSaved={rest}
          >
            <Button kind="secondary" onPress={rest}>
              {t('organizations.cancel')}
            </Button>
          </OrganizationEditor>
        </div>
      ) : null}
      {at.value === 'removal' ? (
        <Sure
          question={t('organizations.sure', { name })}
          yes={t('organizations.remove')}
          no={t('organizations.keep')}
          isBusy={isBusy}
          onYes={() => void remove()}
          onNo={rest}
        />
      ) : null}
      <ActProblem error={error} />
    </li>
  );
}
