import type { Channel } from '#core/contract/channel.ts';
import type { ComplaintChannel } from '#core/contract/complaints.ts';
import { nameIn } from '#core/contract/localized-name.ts';
import type { Outbox } from '../sync/outbox.ts';
import { readable } from '../survey/complaints.tsx';
import { deliveryOf } from '../survey/delivery.ts';
import { Page } from '../survey/page.tsx';
import { ArrivalHeading } from '../ui/arrival-heading.tsx';
import { Button } from '../ui/button.tsx';
import { deliveryWords } from './delivery-words.ts';
import { useKiosk, useKioskWords } from './kiosk-context.ts';

interface FinishedScreenProps {
  channel: Channel;
  outbox: Outbox;
  envelopeId: string;
}

/** Where one can complain, to be noted down: a link would leave the tablet's own page, and show the next person where it led. */
function WhereToComplain({ channels }: { channels: readonly ComplaintChannel[] }) {
  const { t: ofSurvey, language } = useKiosk().texts;
  if (channels.length === 0) return null;
  return (
    <section>
      <h2 class="where-heading">{ofSurvey('complaints.heading')}</h2>
      <p>{ofSurvey('complaints.text')}</p>
      <ul class="where">
        {channels.map(({ name, address }) => (
          <li key={name.th}>
            {nameIn(language.value, name)}{' '}
            {address !== null && <strong>{readable(address)}</strong>}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Thanks, and the way out; it goes there by itself after a while. */
export function FinishedScreen({ channel, outbox, envelopeId }: FinishedScreenProps) {
  const { kiosk, texts } = useKiosk();
  const t = useKioskWords();
  const { t: ofSurvey } = texts;
  const delivery = deliveryOf(outbox, envelopeId, true);
  const { title, text } = deliveryWords(t, ofSurvey, delivery);
  return (
    <Page
      actions={
        <Button kind="primary" onPress={kiosk.end}>
          {t('done.finish')}
        </Button>
      }
    >
      <ArrivalHeading>{ofSurvey('finished.thanks')}</ArrivalHeading>
      <output class={`delivery delivery-${delivery.kind}`}>
        <strong>{title}</strong>
        <span>{text}</span>
      </output>
      <p>{ofSurvey('finished.anonymous')}</p>
      <WhereToComplain channels={channel.complaints ?? []} />
      <p class="soft">{t('done.seconds', { count: kiosk.secondsLeft() })}</p>
    </Page>
  );
}
