import type { Deliveries } from '#core/contract/deliveries.ts';
import type { Participation } from '#core/contract/participation.ts';
import { useWords } from '../admin.ts';
import { DeliveryFigures } from '../deliveries/delivery-figures.tsx';
import { alarmCounts, waitingOnDevices } from '../deliveries/deliveries-view.ts';
import { AlarmText, WaitingText } from '../deliveries/delivery-texts.tsx';
import { Icon } from '../parts/icon.tsx';
import { Link } from '../parts/link.tsx';

interface StuckCardProps {
  participation: Pick<Participation, 'quarantined' | 'conflicts' | 'uncounted' | 'unreadable'>;
  deliveries: Deliveries;
  now: Date;
}

/** Is anything stuck? What waits on devices, and what arrived but is kept apart and not counted. */
export function StuckCard({ participation, deliveries, now }: StuckCardProps) {
  const { t, formats } = useWords();
  const { quarantined, conflicts, uncounted, unreadable } = participation;
  const alarms = alarmCounts(deliveries);
  const waiting = waitingOnDevices(deliveries);
  const isAside = quarantined + conflicts + uncounted > 0;
  const isFine = alarms.length === 0 && waiting === null && !isAside && unreadable === 0;
  return (
    <section
      class={
        alarms.length > 0 || isAside || unreadable > 0
          ? 'card answer answer-wide answer-warning'
          : 'card answer answer-wide'
      }
      aria-labelledby="stuck"
    >
      <h2 id="stuck">{t('overview.stuckTitle')}</h2>
      <DeliveryFigures deliveries={deliveries} />
      {isFine ? (
        <p class="finding-fine">
          <Icon name="check" />
          {t(deliveries.devices === 0 ? 'setAside.empty' : 'overview.nothingStuck')}
        </p>
      ) : (
        <ul class="findings">
          {alarms.map((alarm) => (
            <li key={alarm.kind}>
              <Icon name="warning" />
              <AlarmText alarm={alarm} />
            </li>
          ))}
          {waiting === null ? null : (
            <li>
              <Icon name="waiting" />
              <WaitingText waiting={waiting} now={now} />
            </li>
          )}
          {quarantined === 0 ? null : (
            <li>
              <Icon name="aside" />
              {t('overview.quarantined', { count: quarantined, n: formats.count(quarantined) })}
            </li>
          )}
          {conflicts === 0 ? null : (
            <li>
              <Icon name="aside" />
              {t('overview.conflicts', { count: conflicts, n: formats.count(conflicts) })}
            </li>
          )}
          {uncounted === 0 ? null : (
            <li>
              <Icon name="aside" />
              {t('overview.uncounted', { count: uncounted, n: formats.count(uncounted) })}
            </li>
          )}
          {unreadable === 0 ? null : (
            <li>
              <Icon name="warning" />
              {t('overview.unreadable', { count: unreadable, n: formats.count(unreadable) })}
            </li>
          )}
        </ul>
      )}
      {isAside ? <p class="hint">{t('overview.stuckHint')}</p> : null}
      <p class="hint">{t('deliveries.silent')}</p>
      <Link to={{ page: 'set-aside' }} class="more-link">
        {t('overview.toSetAside')}
      </Link>
    </section>
  );
}
