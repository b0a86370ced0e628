import { useSignal } from '@preact/signals';
import type { Assessment, ChannelSummary } from '#core/contract/assessment.ts';
import type { DisplayList } from '#core/contract/display.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { useAdmin, useMay, useWords } from '../admin.ts';
import { LifeNote } from '../life/life-note.tsx';
import { Icon } from '../parts/icon.tsx';
import { InstrumentTitle } from '../parts/instrument-title.tsx';
import { Link } from '../parts/link.tsx';
import { NothingFound } from '../parts/nothing-found.tsx';
import { Page } from '../parts/page.tsx';
import { Failed, Loading } from '../parts/states.tsx';
import { TextField } from '../parts/text-field.tsx';
import { useLoaded } from '../parts/use-loaded.ts';
import { matchesFilter, type ChannelFilter } from './channel-filter.ts';
import type { DisplayStateOfChannel } from './display-section.tsx';
import { ChannelRow } from './channel-row.tsx';
import { InstrumentTabs } from './instrument-tabs.tsx';

interface ChannelsPageProps {
  assessment: Assessment;
  instruments: Instrument[];
}

const EVERYTHING: ChannelFilter = { instrument: null, search: '' };

/** Every QR code of the assessment: find it, look at it, copy its link, open or close it, print its poster. */
export function ChannelsPage({ assessment, instruments }: ChannelsPageProps) {
  const { api } = useAdmin();
  const { t, formats } = useWords();
  const may = useMay();
  const { loaded, retry } = useLoaded(async () => {
    const [channels, displays] = await Promise.all([
      api.channels(assessment.id),
      api.displays(assessment.id),
    ]);
    return { channels, displays };
  }, assessment.id);
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

  function list({ channels, displays }: { channels: ChannelSummary[]; displays: DisplayList }) {
    const found = channels.filter((channel) => matchesFilter(channel, assessment, filter.value));
    const groups = instruments
      .map((instrument) => ({
        instrument,
        members: found.filter((channel) => channel.instrument === instrument.id),
      }))
      .filter(({ members }) => members.length > 0);
    return (
      <>
        <output class="hint">
          {t('channels.found', { count: found.length, n: formats.count(found.length) })}
        </output>
        {groups.length === 0 ? (
          <NothingFound
            title={t('channels.nothingFound')}
            onShowAll={() => {
              filter.value = EVERYTHING;
            }}
          />
        ) : null}
        {groups.map(({ instrument, members }) => (
          <section key={instrument.id} aria-labelledby={`channels-${instrument.id}`}>
            <div class="section-head">
              <h2 id={`channels-${instrument.id}`}>
                <InstrumentTitle id={instrument.id} tool={instrument.tool} />
              </h2>
              {instrument.tool === 'IIT' ? (
                <Link to={{ page: 'staff-codes' }} class="button button-quiet">
                  {t('channels.staffCodes')}
                </Link>
              ) : null}
              <Link
                to={{
                  page: 'posters',
                  choice: { by: 'instrument', instrument: instrument.id },
                }}
                class="button button-quiet"
              >
                <Icon name="print" />
                {t('channels.printInstrument', { tool: instrument.tool })}
              </Link>
            </div>
            <ul class="channels">
              {members.map((channel) => (
                <ChannelRow
                  key={channel.code}
                  assessment={assessment}
                  instrument={instrument}
                  channel={channel}
                  onChange={keep}
                  display={
                    displays.find((known) => known.channel === channel.code)?.state ?? 'none'
                  }
                  onDisplay={(state) => keepDisplay(channel.code, state)}
                />
              ))}
            </ul>
          </section>
        ))}
      </>
    );
  }

  function content() {
    if (loaded.value.state === 'loading') return <Loading />;
    if (loaded.value.state === 'failed') return <Failed error={loaded.value.error} retry={retry} />;
    return list(loaded.value.value);
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
      {content()}
    </Page>
  );
}
