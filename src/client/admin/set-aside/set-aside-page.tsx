import type { Assessment } from '#core/contract/assessment.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { useAdmin, useMay, useWords } from '../admin.ts';
import { asApiError } from '../api-error.ts';
import { DevicesSection } from '../deliveries/devices-section.tsx';
import { ImportSection } from '../import/import-section.tsx';
import { LiveNote } from '../overview/live-note.tsx';
import { usePolled } from '../overview/use-polled.ts';
import { Page } from '../parts/page.tsx';
import { Failed, Loading } from '../parts/states.tsx';
import { useLoaded } from '../parts/use-loaded.ts';
import { ServerSection } from './server-section.tsx';

interface SetAsidePageProps {
  assessment: Assessment;
  instruments: Instrument[];
}

/** All that was finished but is not counted, and what an admin can do about it. */
export function SetAsidePage({ assessment, instruments }: SetAsidePageProps) {
  const { api } = useAdmin();
  const { t } = useWords();
  const may = useMay();
  const { id } = assessment;
  const { polled, askNow } = usePolled(() => api.deliveries(id), id);
  const channels = useLoaded(() => api.channels(id), id);
  const setAside = useLoaded(() => api.setAside(id), id);
  const { latest, error } = polled.value;

  /** Behind what is on show, so that the words on what was just done stay. */
  async function refreshSetAside() {
    try {
      setAside.loaded.value = { state: 'ready', value: await api.setAside(id) };
    } catch (thrown) {
      setAside.loaded.value = { state: 'failed', error: asApiError(thrown) };
    }
  }

  function refresh() {
    askNow();
    void refreshSetAside();
  }

  function lists() {
    if (channels.loaded.value.state === 'loading') return <Loading />;
    if (channels.loaded.value.state === 'failed')
      return <Failed error={channels.loaded.value.error} retry={channels.retry} />;
    const known = { assessment, instruments, channels: channels.loaded.value.value };
    return (
      <>
        {devices(known)}
        {server(known)}
      </>
    );
  }

  type Known = Pick<Parameters<typeof ServerSection>[0], 'assessment' | 'instruments' | 'channels'>;

  function devices(known: Known) {
    if (latest === null)
      return error === null ? <Loading /> : <Failed error={error} retry={askNow} />;
    return <DevicesSection {...known} deliveries={latest.value} now={latest.at} askNow={askNow} />;
  }

  function server(known: Known) {
    const { loaded, retry } = setAside;
    if (loaded.value.state === 'loading') return <Loading />;
    if (loaded.value.state === 'failed') return <Failed error={loaded.value.error} retry={retry} />;
    return (
      <ServerSection
        {...known}
        setAside={loaded.value.value}
        refresh={() => void refreshSetAside()}
      />
    );
  }

  return (
    <Page
      title={t('setAside.title')}
      lead={<LiveNote latest={latest?.at ?? null} error={error} askNow={askNow} />}
    >
      {may('edit') ? null : <p class="note">{t('setAside.lookOnly')}</p>}
      {lists()}
      {may('edit') ? <ImportSection onDone={refresh} /> : null}
    </Page>
  );
}
