import type { Deliveries } from '#core/contract/deliveries.ts';
import { useWords } from '../admin.ts';
import { givenUpIn, waitingOnDevices } from './deliveries-view.ts';

/** Finished on devices, received, waiting: three figures side by side, and what is lost with devices that are gone; or that no device has told anything yet. */
export function DeliveryFigures({ deliveries }: { deliveries: Deliveries }) {
  const { t, formats } = useWords();
  if (deliveries.devices === 0) return <p>{t('deliveries.noReports')}</p>;
  const figures = [
    { name: t('deliveries.finished'), n: deliveries.finished },
    { name: t('deliveries.received'), n: deliveries.received },
    { name: t('deliveries.waiting'), n: waitingOnDevices(deliveries)?.responses ?? 0 },
  ];
  const givenUp = givenUpIn(deliveries);
  return (
    <>
      <dl class="delivery-figures">
        {figures.map(({ name, n }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{formats.count(n)}</dd>
          </div>
        ))}
      </dl>
      {givenUp === 0 ? null : (
        <p class="hint">{t('deliveries.givenUp', { count: givenUp, n: formats.count(givenUp) })}</p>
      )}
    </>
  );
}
