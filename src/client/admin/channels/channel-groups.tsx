import type { Assessment, ChannelSummary } from '#core/contract/assessment.ts';
import type { DisplayList } from '#core/contract/display.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { useWords } from '../admin.ts';
import { Icon } from '../parts/icon.tsx';
import { InstrumentTitle } from '../parts/instrument-title.tsx';
import { Link } from '../parts/link.tsx';
import { NothingFound } from '../parts/nothing-found.tsx';
import { ChannelRow } from './channel-row.tsx';
import type { DisplayStateOfChannel } from './display-section.tsx';

interface ChannelGroupsProps {
  assessment: Assessment;
  instruments: Instrument[];
  /** Those that are looked for. */
  channels: ChannelSummary[];
  displays: DisplayList;
  onChange: (changed: ChannelSummary) => void;
  onDisplay: (channel: string, state: DisplayStateOfChannel) => void;
  onShowAll: () => void;
}

/** Channels by their instrument, with what prints the posters of one. */
export function ChannelGroups(props: ChannelGroupsProps) {
  const { assessment, instruments, channels, displays, onChange, onDisplay, onShowAll } = props;
  const { t, formats } = useWords();
  const groups = instruments
    .map((instrument) => ({
      instrument,
      members: channels.filter((channel) => channel.instrument === instrument.id),
    }))
    .filter(({ members }) => members.length > 0);
  return (
    <>
      <output class="hint">
        {t('channels.found', { count: channels.length, n: formats.count(channels.length) })}
      </output>
      {groups.length === 0 ? (
        <NothingFound title={t('channels.nothingFound')} onShowAll={onShowAll} />
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
                onChange={onChange}
                display={displays.find((known) => known.channel === channel.code)?.state ?? 'none'}
                onDisplay={(state) => onDisplay(channel.code, state)}
              />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}
