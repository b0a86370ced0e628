import { useSignal } from '@preact/signals';
import type { Assessment } from '#core/contract/assessment.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { useAdmin, useMay, useWords } from '../admin.ts';
import { asApiError } from '../api-error.ts';
import { matchesFilter } from '../channels/channel-filter.ts';
import { DevicesSection } from '../deliveries/devices-section.tsx';
import { ImportSection } from '../import/import-section.tsx';
import { LiveNote } from '../overview/live-note.tsx';
import { usePolled } from '../overview/use-polled.ts';
import { Page } from '../parts/page.tsx';
import { SearchField } from '../parts/search-field.tsx';
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
  const search = useSignal('');

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

  // One below the other, so all appear at once: what is there would move away under a finger as the rest arrives above it.
  const isLoading =
    channels.loaded.value.state === 'loading' ||
    setAside.loaded.value.state === 'loading' ||
    (latest === null && error === null);

  function lists() {
    if (isLoading || channels.loaded.value.state === 'loading') return <Loading />;
    if (channels.loaded.value.state === 'failed')
      return <Failed error={channels.loaded.value.error} retry={channels.retry} />;
    const all = channels.loaded.value.value;
    const isShown = (code: string) => {
      const channel = all.find((candidate) => candidate.code === code);
      const filter = { instrument: null, search: search.value };
      return channel === undefined || matchesFilter(channel, assessment, filter);
    };
    const known = { assessment, instruments, channels: all, isShown };
    return (
      <>
        <SearchField
          id="set-aside-search"
          label={t('channels.search')}
          among={linesToSearch()}
          value={search.value}
          onInput={(words) => {
            search.value = words;
          }}
        />
        {devices(known)}
        {server(known)}
      </>
    );
  }

  /** Devices and channels that are listed when nothing is searched for. */
  function linesToSearch(): number {
    const { value: loaded } = setAside.loaded;
    const onServer =
      loaded.state === 'ready' ? [...loaded.value.quarantined, ...loaded.value.conflicts] : [];
    return (latest?.value.troubled.length ?? 0) + onServer.length;
  }

  type Known = Omit<Parameters<typeof ServerSection>[0], 'setAside' | 'refresh'>;

  function devices(known: Known) {
    if (latest === null) return error && <Failed error={error} retry={askNow} />;
    return <DevicesSection {...known} deliveries={latest.value} now={latest.at} askNow={askNow} />;
  }

  function server(known: Known) {
    const { loaded, retry } = setAside;
    if (loaded.value.state === 'loading') return null;
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
      {may('edit') ? (
        <div hidden={isLoading}>
          <ImportSection onDone={refresh} />
        </div>
      ) : null}
    </Page>
  );
}
