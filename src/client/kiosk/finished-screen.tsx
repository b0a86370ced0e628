import type { Outbox } from '../sync/outbox.ts';
import { deliveryOf, type Delivery } from '../survey/delivery.ts';
import { Page } from '../survey/page.tsx';
import { ArrivalHeading } from '../ui/arrival-heading.tsx';
import { Button } from '../ui/button.tsx';
import type { Translate } from '../i18n/texts.ts';
import { useKiosk, useKioskWords } from './kiosk-context.ts';

/** Where the response is, in words for somebody who walks away. */
function deliveryWords(t: Translate, ofSurvey: Translate, delivery: Delivery) {
  switch (delivery.kind) {
    case 'sent':
      return { title: ofSurvey('finished.sent'), text: t('done.received') };
    case 'sending':
    case 'kept':
    case 'outdated':
      return { title: ofSurvey('finished.kept'), text: t('done.kept') };
    case 'hold-on':
    case 'stuck':
      return { title: ofSurvey('finished.sending'), text: t('done.onWay') };
    case 'refused':
      return {
        title: ofSurvey('finished.refused'),
        text: `${ofSurvey(`problems:${delivery.problem}`)} ${ofSurvey('finished.refusedText')}`,
      };
    default:
      return delivery satisfies never;
  }
}

/** Thanks, and the way out; it goes there by itself after a while. */
export function FinishedScreen({ outbox, envelopeId }: { outbox: Outbox; envelopeId: string }) {
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
      <p class="soft">{t('done.seconds', { count: kiosk.secondsLeft.value })}</p>
    </Page>
  );
}
