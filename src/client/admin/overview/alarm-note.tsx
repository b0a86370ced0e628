import type { Deliveries } from '#core/contract/deliveries.ts';
import { useWords } from '../admin.ts';
import { alarmCounts } from '../deliveries/deliveries-view.ts';
import { AlarmText } from '../deliveries/delivery-texts.tsx';
import { Icon } from '../parts/icon.tsx';
import { Link } from '../parts/link.tsx';

/** On top of the overview, where a phone shows it at once. Always there, so that an alarm that comes later is read out. */
export function AlarmNote({ deliveries }: { deliveries: Deliveries }) {
  const { t } = useWords();
  const alarms = alarmCounts(deliveries);
  return (
    <output class={alarms.length > 0 ? 'alarm-note' : undefined}>
      {alarms.length === 0 ? null : (
        <>
          <Icon name="warning" />
          <div class="alarm-lines">
            {alarms.map((alarm) => (
              <p key={alarm.kind}>
                <AlarmText alarm={alarm} />
              </p>
            ))}
            {alarms.some(({ kind }) => kind !== 'server') ? (
              <Link to={{ page: 'set-aside' }} class="more-link">
                {t('alarms.what')}
              </Link>
            ) : null}
          </div>
        </>
      )}
    </output>
  );
}
