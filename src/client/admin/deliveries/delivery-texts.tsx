import { ALARM_AFTER_HOURS } from '#core/contract/deliveries.ts';
import { useWords } from '../admin.ts';
import type { AlarmCount, WaitingOnDevices } from './deliveries-view.ts';
import { sinceText } from './since.ts';

/** One alarm over all devices. */
export function AlarmText({ alarm }: { alarm: AlarmCount }) {
  const { t, formats } = useWords();
  const { kind, n } = alarm;
  if (kind === 'server') return <>{t('alarms.server')}</>;
  const values = { count: n, n: formats.count(n) };
  if (kind === 'late')
    return <>{t('alarms.late', { ...values, hours: formats.count(ALARM_AFTER_HOURS) })}</>;
  return <>{t(`alarms.${kind}`, values)}</>;
}

/** "3 waiting on one device since this morning" */
export function WaitingText({ waiting, now }: { waiting: WaitingOnDevices; now: Date }) {
  const { t, formats } = useWords();
  const { responses, devices, since } = waiting;
  const what = t('deliveries.waitingOn', {
    count: devices,
    n: formats.count(responses),
    devices: formats.count(devices),
  });
  if (since === null) return <>{what}</>;
  return <>{t('deliveries.whatSince', { what, since: sinceText(t, formats, since, now) })}</>;
}
