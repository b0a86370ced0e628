import type { Channel } from '#core/contract/channel.ts';
import { nameIn } from '#core/contract/localized-name.ts';
import { ArrivalHeading } from '../ui/arrival-heading.tsx';
import { Button } from '../ui/button.tsx';
import { Page } from '../survey/page.tsx';
import { openChannels } from './kiosk.ts';
import { useKiosk, useKioskWords } from './kiosk-context.ts';

function CounterWords({ channel }: { channel: Channel }) {
  const { language } = useKiosk().texts;
  const t = useKioskWords();
  const department = channel.departments.find(({ number }) => number === channel.department);
  return (
    <>
      <span class="counter-name">
        {department ? nameIn(language.value, department.name) : t('counters.office')}
      </span>
      {channel.instrument.tool === 'IIT' && (
        <span class="counter-for">{t('counters.forStaff')}</span>
      )}
    </>
  );
}

/** Where several counters share the tablet: which one somebody comes from. */
export function CountersScreen() {
  const { kiosk } = useKiosk();
  const t = useKioskWords();
  return (
    <Page
      actions={
        <Button kind="secondary" onPress={kiosk.end}>
          {t('counters.back')}
        </Button>
      }
    >
      <ArrivalHeading>{t('counters.heading')}</ArrivalHeading>
      <ul class="counters">
        {openChannels(kiosk.channels.value).map((channel) => (
          <li key={channel.code}>
            <button type="button" class="counter" onClick={() => void kiosk.chooseCounter(channel)}>
              <CounterWords channel={channel} />
            </button>
          </li>
        ))}
      </ul>
    </Page>
  );
}
