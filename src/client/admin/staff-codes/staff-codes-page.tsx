import { useSignal } from '@preact/signals';
import type { Assessment } from '#core/contract/assessment.ts';
import type { MadeStaffCodes, StaffCodes } from '#core/contract/staff-codes.ts';
import { useAdmin, useMay, useWords } from '../admin.ts';
import { LifeNote } from '../life/life-note.tsx';
import { Link } from '../parts/link.tsx';
import { OnlyHere } from '../parts/only-here.tsx';
import { Page } from '../parts/page.tsx';
import { Failed, Loading } from '../parts/states.tsx';
import { useLoaded } from '../parts/use-loaded.ts';
import { DemandCard } from './demand-card.tsx';
import { DepartmentCodes } from './department-codes.tsx';
import { Slips } from './slips.tsx';

const NONE = { made: 0, spent: 0 };

/** The codes of the staff: whether they are asked for, how many there are, and new ones, which are shown once. */
export function StaffCodesPage({ assessment }: { assessment: Assessment }) {
  const { api } = useAdmin();
  const { t } = useWords();
  const may = useMay();
  const isArchived = assessment.life.state === 'archived';
  const mayChange = may('edit') && !isArchived;
  const { loaded, retry } = useLoaded(() => api.staffCodes(assessment.id), assessment.id);
  const channels = useLoaded(() => api.channels(assessment.id), assessment.id).loaded.value;
  const made = useSignal<MadeStaffCodes | null>(null);

  async function refresh() {
    loaded.value = { state: 'ready', value: await api.staffCodes(assessment.id) };
  }

  if (made.value !== null)
    return (
      <Slips
        assessment={assessment}
        made={made.value}
        onDone={() => {
          made.value = null;
          refresh().catch(retry);
        }}
      />
    );

  function content({ isDemanded, departments }: StaffCodes) {
    const shown = assessment.departments.filter(
      ({ number, retired }) =>
        !retired || departments.some(({ department }) => department === number),
    );
    return (
      <>
        <DemandCard
          assessment={assessment.id}
          isDemanded={isDemanded}
          hasCodes={departments.length > 0}
          mayChange={mayChange}
          onChange={refresh}
        />
        <section class="card aside-section" aria-labelledby="codes-departments">
          <h2 id="codes-departments">{t('staffCodes.departments')}</h2>
          <p class="hint">{t('staffCodes.departmentsText')}</p>
          <OnlyHere
            url={channels.state === 'ready' ? channels.value[0]?.url : undefined}
            words={(host) => t('posters.onlyHere', { host })}
          />
          <ul class="code-departments">
            {shown.map((department) => (
              <DepartmentCodes
                key={department.number}
                assessment={assessment.id}
                department={department}
                mayChange={mayChange}
                standing={departments.find((one) => one.department === department.number) ?? NONE}
                onMade={(codes) => {
                  made.value = codes;
                }}
              />
            ))}
          </ul>
        </section>
      </>
    );
  }

  const { value } = loaded;
  return (
    <Page
      title={t('staffCodes.title')}
      lead={t('staffCodes.lead')}
      actions={
        <Link to={{ page: 'channels' }} class="button button-quiet">
          {t('posters.back')}
        </Link>
      }
    >
      {isArchived ? <LifeNote assessment={assessment} /> : null}
      {may('edit') ? null : <p class="note">{t('staffCodes.lookOnly')}</p>}
      {value.state === 'loading' && <Loading />}
      {value.state === 'failed' && <Failed error={value.error} retry={retry} />}
      {value.state === 'ready' && content(value.value)}
    </Page>
  );
}
