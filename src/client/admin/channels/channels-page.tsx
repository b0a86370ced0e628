import { useSignal } from '@preact/signals';
import type { Assessment, ChannelSummary } from '#core/contract/assessment.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { useAdmin, useMay, useWords } from '../admin.ts';
import { LifeNote } from '../life/life-note.tsx';
import { Icon } from '../parts/icon.tsx';
import { Link } from '../parts/link.tsx';
import { LoadedContent } from '../parts/loaded-content.tsx';
import { Page } from '../parts/page.tsx';
import { TextField } from '../parts/text-field.tsx';
import { useLoaded } from '../parts/use-loaded.ts';
import { matchesFilter, type ChannelFilter } from './channel-filter.ts';
import type { DisplayStateOfChannel } from './display-section.tsx';
import { ChannelGroups } from './channel-groups.tsx';
import { InstrumentTabs } from './instrument-tabs.tsx';

interface ChannelsPageProps {
  assessment: Assessment;
  instruments: Instrument[];
}

const EVERYTHING: ChannelFilter = { instrument: null, search: '' };

/** Every QR code of the assessment: find it, look at it, copy its link, open or close it, print its poster. */
export function ChannelsPage({ assessment, instruments }: ChannelsPageProps) {
  const { api } = useAdmin();
  const { t } = useWords();
  const may = useMay();
  const load = useLoaded(async () => {
    const [channels, displays] = await Promise.all([
      api.channels(assessment.id),
      api.displays(assessment.id),
    ]);
    return { channels, displays };
  }, assessment.id);
  const { loaded } = load;
  const filter = useSignal(EVERYTHING);

  function keep(changed: ChannelSummary) {
    if (loaded.value.state !== 'ready') return;
    const { channels, displays } = loaded.value.value;
    const value = channels.map((known) => (known.code === changed.code ? changed : known));
    loaded.value = { state: 'ready', value: { channels: value, displays } };
  }

  function keepDisplay(channel: string, state: DisplayStateOfChannel) {
    if (loaded.value.state !== 'ready') return;
    const { channels, displays } = loaded.value.value;
    const others = displays.filter((known) => known.channel !== channel);
    const value = state === 'none' ? others : [...others, { channel, state }];
    loaded.value = { state: 'ready', value: { channels, displays: value } };
  }

  return (
    <Page
      title={t('channels.title')}
      lead={t('channels.lead')}
      actions={
        <>
          {may('edit') ? (
            <Link to={{ page: 'kiosks' }} class="button button-secondary">
              <Icon name="device" />
              {t('kiosks.title')}
            </Link>
          ) : null}
          <Link to={{ page: 'posters', choice: { by: 'all' } }} class="button button-primary">
            <Icon name="print" />
            {t('channels.printAll')}
          </Link>
        </>
      }
    >
      <LifeNote assessment={assessment} />
      {may('edit') ? null : <p class="note">{t('channels.lookOnly')}</p>}
      <div class="filters">
        <InstrumentTabs
          instruments={instruments}
          chosen={filter.value.instrument}
          onChoose={(instrument) => {
            filter.value = { ...filter.value, instrument };
          }}
        />
        <TextField
          id="channel-search"
          type="search"
          label={t('channels.search')}
          value={filter.value.search}
          onInput={(search) => {
            filter.value = { ...filter.value, search };
          }}
        />
      </div>
      <LoadedContent load={load}>
        {({ channels, displays }) => (
          <ChannelGroups
            assessment={assessment}
            instruments={instruments}
            channels={channels.filter((channel) =>
              matchesFilter(channel, assessment, filter.value),
            )}
            displays={displays}
            onChange={keep}
            onDisplay={keepDisplay}
            onShowAll={() => {
              filter.value = EVERYTHING;
            }}
          />
        )}
      </LoadedContent>
    </Page>
  );
}
