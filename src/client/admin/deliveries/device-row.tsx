import type { Assessment, ChannelSummary } from '#core/contract/assessment.ts';
import { ALARM_AFTER_HOURS } from '#core/contract/deliveries.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { useAdmin, useMay, useWords } from '../admin.ts';
import { ActProblem } from '../parts/act-problem.tsx';
import { ChannelTitle } from '../parts/channel-title.tsx';
import { Icon } from '../parts/icon.tsx';
import { useAct } from '../parts/use-act.ts';
import { channelName } from '../names.ts';
import { problemCodeText } from '../problem-text.ts';
import { alarmsOf, type TroubledDevice } from './deliveries-view.ts';
import { dayText, sinceText } from './since.ts';

interface DeviceRowProps {
  assessment: Assessment;
  instruments: Instrument[];
  channels: readonly ChannelSummary[];
  device: TroubledDevice;
  now: Date;
  askNow: () => void;
}

/** What is wrong with a device, each thing on its own line. */
function DeviceFindings({ device, now }: { device: TroubledDevice; now: Date }) {
  const { t, formats } = useWords();
  const { waiting, refused, refusedBecause, waitingSince } = device;
  const isLate = alarmsOf(device).includes('late');
  const waits = t('deliveries.waits', { count: waiting, n: formats.count(waiting) });
  return (
    <ul class="findings">
      {waiting === 0 ? null : (
        <li>
          <Icon name={isLate ? 'warning' : 'waiting'} />
          <span>
            {waitingSince === null
              ? waits
              : t('deliveries.whatSince', {
                  what: waits,
                  since: sinceText(t, formats, waitingSince, now),
                })}{' '}
            {isLate ? (
              <span class="tag tag-warning">
                {t('deliveries.tooLong', { hours: formats.count(ALARM_AFTER_HOURS) })}
              </span>
            ) : null}
          </span>
        </li>
      )}
      {refused === 0 ? null : (
        <li>
          <Icon name="warning" />
          <div>
            {t('deliveries.refusedHere', { count: refused, n: formats.count(refused) })}
            <ul class="reasons">
              {refusedBecause.map((code) => (
                <li key={code}>{problemCodeText(t, code)}</li>
              ))}
            </ul>
          </div>
        </li>
      )}
      {device.isStorageNearlyFull ? (
        <li>
          <Icon name="warning" />
          {t('deliveries.nearlyFull')}
        </li>
      ) : null}
    </ul>
  );
}

/** One device at one channel. Giving it up is taken back with the same button, so nobody is asked twice. */
export function DeviceRow(props: DeviceRowProps) {
  const { assessment, instruments, channels, device, now, askNow } = props;
  const { api, feedback } = useAdmin();
  const { t, language, formats } = useWords();
  const may = useMay();
  const { isBusy, error, act } = useAct();
  const channel = channels.find(({ code }) => code === device.channel);
  const { isWrittenOff } = device;
  const name = channel ? channelName(assessment, language, t, channel) : device.channel;

  const writeOff = () =>
    act(async () => {
      await api.writeOff(assessment.id, device.id, !isWrittenOff);
      feedback.value = t(isWrittenOff ? 'deliveries.takenBack' : 'deliveries.writtenOffNow');
      askNow();
    });

  return (
    <li class={isWrittenOff ? 'device device-gone' : 'device'}>
      <h3>
        <ChannelTitle
          assessment={assessment}
          instruments={instruments}
          channels={channels}
          code={device.channel}
        />
      </h3>
      {isWrittenOff ? (
        <p>
          <span class="tag">{t('deliveries.writtenOff')}</span>
        </p>
      ) : null}
      <DeviceFindings device={device} now={now} />
      <p class="hint">
        {t('deliveries.reported', { day: dayText(t, formats, device.reportedOn, now) })}
        {isWrittenOff ? ` ${t('deliveries.writtenOffHint')}` : null}
      </p>
      {may('edit') ? (
        <button
          type="button"
          class="button device-act"
          aria-disabled={isBusy ? 'true' : undefined}
          onClick={() => void writeOff()}
        >
          {isWrittenOff ? t('deliveries.takeBack') : t('deliveries.gone')}
          <span class="visually-hidden">: {name}</span>
        </button>
      ) : null}
      <ActProblem error={error} />
    </li>
  );
}
