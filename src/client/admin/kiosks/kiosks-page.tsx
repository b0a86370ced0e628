import type { Assessment, ChannelSummary } from '#core/contract/assessment.ts';
import type { Kiosk } from '#core/contract/kiosk.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { useAdmin, useWords } from '../admin.ts';
import { errorToTell } from '../api-error.ts';
import { Link } from '../parts/link.tsx';
import { LoadedContent } from '../parts/loaded-content.tsx';
import { OnlyHere } from '../parts/only-here.tsx';
import { Page } from '../parts/page.tsx';
import { Empty } from '../parts/states.tsx';
import { useLoaded } from '../parts/use-loaded.ts';
import { problemText } from '../problem-text.ts';
import { KioskCard } from './kiosk-card.tsx';
import { NewKioskSection } from './new-kiosk-section.tsx';

interface KiosksPageProps {
  assessment: Assessment;
  instruments: Instrument[];
}

interface Shown {
  kiosks: Kiosk[];
  channels: ChannelSummary[];
}

/** The office's own tablets at its counters. */
export function KiosksPage({ assessment, instruments }: KiosksPageProps) {
  const { api, trouble } = useAdmin();
  const { t } = useWords();

  async function load(): Promise<Shown> {
    const [kiosks, channels] = await Promise.all([
      api.kiosks(assessment.id),
      api.channels(assessment.id),
    ]);
    return { kiosks, channels };
  }

  const loading = useLoaded(load, assessment.id);

  /** Shows the list as it is now, without hiding it meanwhile. */
  async function reload() {
    try {
      loading.loaded.value = { state: 'ready', value: await load() };
    } catch (thrown) {
      // What is on show stays: a link that was just made is shown only this once.
      const error = errorToTell(thrown);
      if (error) trouble.value = problemText(t, error);
    }
  }

  function lists({ kiosks, channels }: Shown) {
    const shared = { assessment, instruments, channels, reload: () => void reload() };
    return (
      <>
        <OnlyHere url={channels[0]?.url} words={(host) => t('kiosks.onlyHere', { host })} />
        {assessment.life.state === 'archived' ? null : <NewKioskSection {...shared} />}
        {kiosks.length === 0 ? (
          <Empty icon="device" title={t('kiosks.none')}>
            <p>{t('kiosks.noneText')}</p>
          </Empty>
        ) : (
          <section aria-labelledby="kiosk-list">
            <h2 id="kiosk-list">{t('kiosks.list')}</h2>
            <ul class="kiosks">
              {kiosks.map((kiosk) => (
                <KioskCard key={kiosk.id} kiosk={kiosk} {...shared} />
              ))}
            </ul>
          </section>
        )}
      </>
    );
  }

  return (
    <Page
      title={t('kiosks.title')}
      lead={t('kiosks.lead')}
      actions={
        <Link to={{ page: 'channels' }} class="button button-quiet">
          {t('posters.back')}
        </Link>
      }
    >
      <LoadedContent load={loading}>{lists}</LoadedContent>
    </Page>
  );
}
