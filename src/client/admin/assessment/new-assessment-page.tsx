import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { Beginning } from '#core/contract/life.ts';
import { uuidFrom } from '../../local/random-id.ts';
import { useAdmin, useOrganizations, useWords } from '../admin.ts';
import { AccountFrame } from '../account/account-frame.tsx';
import { Feedback } from '../parts/feedback.tsx';
import { Page } from '../parts/page.tsx';
import { DeletedList } from '../life/deleted-list.tsx';
import { today } from '../life/state-today.ts';
import { Failed, Loading } from '../parts/states.tsx';
import { useLoaded } from '../parts/use-loaded.ts';
import { newFormOf, ofOrganization } from './draft-form.ts';
import { NewDepartmentsForm } from './new-departments-form.tsx';
import { NewOfficeForm } from './new-office-form.tsx';
import { Steps } from './steps.tsx';

/** A new assessment from a template, in two screens after the account. */
export function NewAssessmentPage({ step }: { step: 'office' | 'departments' }) {
  const admin = useAdmin();
  const { t } = useWords();
  const { loaded, retry } = useLoaded(() => admin.api.templates(), 'templates');
  const organizations = useOrganizations();
  const form = admin.newDraft.value;
  // Null = not chosen. The first one of an office is for today; the next year is prepared while this one runs.
  const chosen = useSignal<Beginning | null>(null);
  const isFirst =
    admin.office.value.state === 'ready' && admin.office.value.value.assessments.length === 0;

  const begin = chosen.value ?? (isFirst ? 'open' : 'draft');
  // Sent again because the answer got lost, it is the same one; what was changed before is another.
  const id = useMemo(() => uuidFrom(crypto.getRandomValues(new Uint8Array(16))), [form, begin]);

  useEffect(() => {
    if (loaded.value.state !== 'ready' || admin.newDraft.value !== null) return;
    const template = loaded.value.value[0];
    // Whoever sees a branch alone makes it for an organization of that.
    if (template)
      admin.newDraft.value =
        organizations.branch === 'all'
          ? newFormOf(template.draft, today())
          : ofOrganization(newFormOf(template.draft, today()), organizations, organizations.branch);
    // Opened anew here, the office has no name again: it is asked for first.
    if (step === 'departments') admin.router.replace({ page: 'new-office' });
  }, [loaded.value]);

  function content() {
    if (form === null)
      return loaded.value.state === 'failed' ? (
        <Failed error={loaded.value.error} retry={retry} />
      ) : (
        <Loading />
      );
    if (step === 'office')
      return (
        <>
          <Steps current={2} />
          <Page
            key="office"
            title={t('newAssessment.officeTitle')}
            lead={t('newAssessment.officeLead')}
          >
            <NewOfficeForm form={form} />
            <DeletedList />
          </Page>
        </>
      );
    return (
      <>
        <Steps current={3} />
        <Page
          key="departments"
          title={t('newAssessment.departmentsTitle')}
          lead={t('newAssessment.departmentsLead')}
        >
          <NewDepartmentsForm
            form={form}
            id={id}
            begin={begin}
            onBegin={(other) => {
              chosen.value = other;
            }}
          />
        </Page>
      </>
    );
  }

  return (
    <AccountFrame wide={step === 'departments'}>
      {/* Who deleted the only assessment comes here. */}
      <Feedback />
      {content()}
    </AccountFrame>
  );
}
