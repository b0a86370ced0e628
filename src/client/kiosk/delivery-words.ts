import type { Translate } from '../i18n/texts.ts';
import type { Delivery } from '../survey/delivery.ts';

/** Where the response is, in words for somebody who walks away. */
export function deliveryWords(t: Translate, ofSurvey: Translate, delivery: Delivery) {
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
    case 'uncounted':
      return {
        title: ofSurvey('finished.uncounted'),
        text: `${ofSurvey(`problems:${delivery.problem}`)} ${ofSurvey('finished.uncountedText')}`,
      };
    case 'refused':
      return {
        title: ofSurvey('finished.refused'),
        text: delivery.isOnlyHere
          ? ofSurvey(`problems:${delivery.problem}`)
          : `${ofSurvey(`problems:${delivery.problem}`)} ${ofSurvey('finished.refusedText')}`,
      };
    default:
      return delivery satisfies never;
  }
}
