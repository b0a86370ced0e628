import { useEffect, useState } from 'preact/hooks';
import { ArrivalHeading } from '../ui/arrival-heading.tsx';
import { askBeforeUnload } from '../ui/ask-before-unload.ts';
import { Button } from '../ui/button.tsx';
import { isNearlyFull } from '../local/storage-room.ts';
import type { Channel } from '#core/contract/channel.ts';
import type { Outbox } from '../sync/outbox.ts';
import { Complaints } from './complaints.tsx';
import { deliveryOf, hasFailed, waitingCount, type Delivery } from './delivery.ts';
import { Page } from './page.tsx';
import { PrivacyLink } from './privacy-link.tsx';
import { useSurvey } from './survey-context.ts';
import { WaitingLink, waitingAddress } from './waiting-link.tsx';
import type { Translate } from '../i18n/texts.ts';

function wordsFor(t: Translate, delivery: Delivery): { title: string; text: string } {
  switch (delivery.kind) {
    case 'sent':
      return { title: t('finished.sent'), text: t('finished.sentText') };
    case 'sending':
      return { title: t('finished.sending'), text: t('finished.sendingText') };
    case 'kept':
      return { title: t('finished.kept'), text: t('finished.keptText') };
    case 'outdated':
      return { title: t('finished.kept'), text: t('finished.outdatedText') };
    case 'hold-on':
      return { title: t('finished.holdOn'), text: t('finished.holdOnText') };
    case 'stuck':
      return { title: t('finished.stuck'), text: t('finished.stuckText') };
    case 'uncounted':
      return {
        title: t('finished.uncounted'),
        text: `${t(`problems:${delivery.problem}`)} ${t('finished.uncountedText')}`,
      };
    case 'refused':
      return {
        title: t('finished.refused'),
        text: delivery.isOnlyHere
          ? t(`problems:${delivery.problem}`)
          : `${t(`problems:${delivery.problem}`)} ${t('finished.refusedText')}`,
      };
    default:
      return delivery satisfies never;
  }
}

/** Asks before the page is closed while it is the only one that has the response. */
function useGuard(isNeeded: boolean): void {
  useEffect(() => {
    if (!isNeeded) return undefined;
    window.addEventListener('beforeunload', askBeforeUnload);
    return () => window.removeEventListener('beforeunload', askBeforeUnload);
  }, [isNeeded]);
}

/** Why the device does not keep the response, where the person can do something about it; null where not. */
function troubleWords(t: Translate, outbox: Outbox): string | null {
  if (outbox.trouble.value === 'full') return t('finished.whyFull');
  return outbox.trouble.value === 'blocked' ? t('finished.whyBlocked') : null;
}

interface FinishedScreenProps {
  channel: Channel;
  outbox: Outbox;
  envelopeId: string;
  saveFile: () => void;
}

/** Thanks, and the truth on where the response is now. */
export function FinishedScreen({ channel, outbox, envelopeId, saveFile }: FinishedScreenProps) {
  const { survey, texts, inApp } = useSurvey();
  const { t } = texts;
  const [isSaved, setSaved] = useState(false);
  const delivery = deliveryOf(outbox, envelopeId, inApp === null);
  const waiting = waitingCount(outbox);
  const { title, text } = wordsFor(t, delivery);
  const isOnWay = delivery.kind === 'hold-on' || delivery.kind === 'stuck';
  const isLeft = delivery.kind === 'refused' && delivery.isOnlyHere;
  const isOnlyHere = isOnWay || isLeft;
  const isFailing = hasFailed(outbox, envelopeId);
  const isTrying = delivery.kind === 'sending' || delivery.kind === 'hold-on';
  useGuard(isOnlyHere);
  const save = () => {
    saveFile();
    setSaved(true);
  };
  return (
    <Page>
      <ArrivalHeading>{t('finished.thanks')}</ArrivalHeading>
      <output class={`delivery delivery-${delivery.kind}`}>
        <strong>{title}</strong>
        <span>{text}</span>
        {isOnWay && <span>{troubleWords(t, outbox)}</span>}
      </output>
      {isFailing && (
        <Button kind="secondary" isBusy={isTrying} onPress={() => outbox.sendNow()}>
          {t('finished.sendNow')}
        </Button>
      )}
      {(isFailing || isLeft) && isOnlyHere && inApp === null && (
        <>
          <p>{t('finished.saveFileText')}</p>
          <Button kind="secondary" onPress={save}>
            {t('finished.saveFile')}
          </Button>
          <output class="saved-file">{isSaved && t('waiting.file.saved')}</output>
        </>
      )}
      <p>{t('finished.anonymous')}</p>
      <Complaints channels={channel.complaints ?? []} />
      {/* What comes and goes with what becomes of the response stands last: nothing moves away under a finger. */}
      <div class="finished-more">
        {!isOnWay && (
          <Button kind="quiet" onPress={survey.startAnew}>
            {t('finished.again')}
          </Button>
        )}
      </div>
      {!isOnlyHere && <PrivacyLink />}
      {waiting > 0 && !isOnlyHere && (
        <div class="finished-more">
          <a class="button button-quiet" href={waitingAddress(texts.language.value)}>
            {t('finished.waiting', { count: waiting })}
          </a>
        </div>
      )}
      {waiting === 0 && <WaitingLink />}
      {delivery.kind === 'sent' && <p class="soft">{t('finished.copy')}</p>}
      {isNearlyFull(outbox.room.value) && <p class="soft">{t('finished.nearlyFull')}</p>}
    </Page>
  );
}
