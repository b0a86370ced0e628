import type { Assessment, ChannelSummary } from '#core/contract/assessment.ts';
import type { Deliveries } from '#core/contract/deliveries.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { useMay, useWords } from '../admin.ts';
import { Icon } from '../parts/icon.tsx';
import { alarmCounts, liveDevices, liveFirst } from './deliveries-view.ts';
import { DeliveryFigures } from './delivery-figures.tsx';
import { AlarmText } from './delivery-texts.tsx';
import { DeviceRow } from './device-row.tsx';

interface DevicesSectionProps {
  assessment: Assessment;
  instruments: Instrument[];
  channels: readonly ChannelSummary[];
  deliveries: Deliveries;
  /** Whether a channel, by its code, is among those searched for. */
  isShown: (channel: string) => boolean;
  now: Date;
  /** Asks for the deliveries anew. */
  askNow: () => void;
}

/** What to do about the devices below, in plain words; who may only look tells somebody who may do more. */
function WhatToDo({ deliveries }: { deliveries: Deliveries }) {
  const { t } = useWords();
  const may = useMay();
  const live = liveDevices(deliveries);
  if (live.length === 0) return null;
  const isRefused = live.some(({ refused }) => refused > 0);
  return (
    <div class="note">
      <h3>{t('deliveries.do.title')}</h3>
      <ul>
        <li>{t('deliveries.do.network')}</li>
        {may('edit') ? (
          <>
            <li>{t('deliveries.do.file')}</li>
            {isRefused ? <li>{t('deliveries.do.refused')}</li> : null}
            <li>{t('deliveries.do.gone')}</li>
          </>
        ) : (
          <li>{t('deliveries.do.tell')}</li>
        )}
      </ul>
    </div>
  );
}

/** What waits on devices: the devices in trouble, the longest waiting first. */
export function DevicesSection(props: DevicesSectionProps) {
  const { assessment, instruments, channels, deliveries, isShown, now, askNow } = props;
  const { t } = useWords();
  const shown = liveFirst(deliveries).filter(({ channel }) => isShown(channel));
  const untold = alarmCounts(deliveries).filter(
    ({ kind }) => kind === 'missing' || kind === 'crowded',
  );
  return (
    <section class="card aside-section" aria-labelledby="devices">
      <h2 id="devices">{t('deliveries.title')}</h2>
      <DeliveryFigures deliveries={deliveries} />
      {untold.map((alarm) => (
        <div key={alarm.kind} class="aside-trouble">
          <Icon name="warning" />
          <p>
            <strong>
              <AlarmText alarm={alarm} />
            </strong>{' '}
            {alarm.kind === 'missing' ? t('deliveries.missingWhy') : null}
          </p>
        </div>
      ))}
      {deliveries.devices > 0 && deliveries.troubled.length === 0 ? (
        <p class="finding-fine">
          <Icon name="check" />
          {t('deliveries.nothingWaits')}
        </p>
      ) : null}
      <WhatToDo deliveries={deliveries} />
      {deliveries.troubled.length > 0 && shown.length === 0 ? (
        <p class="hint">{t('setAside.notSearchedFor')}</p>
      ) : null}
      {shown.length === 0 ? null : (
        <ul class="devices">
          {shown.map((device) => (
            <DeviceRow
              key={device.id}
              assessment={assessment}
              instruments={instruments}
              channels={channels}
              device={device}
              now={now}
              askNow={askNow}
            />
          ))}
        </ul>
      )}
      <p class="hint">
        {t('deliveries.silent')} {t('deliveries.perChannel')}
      </p>
    </section>
  );
}
