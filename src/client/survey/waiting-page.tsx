// What waits on this device, why, and what to do about it.
import { useEffect, useState } from 'preact/hooks';
import { isUnacknowledged, type WaitingReason } from '#core/outbox/entry.ts';
import { inDigitsOf } from '../i18n/digits.ts';
import type { Translate } from '../i18n/texts.ts';
import { isNearlyFull, type StorageRoom } from '../local/storage-room.ts';
import type { Outbox } from '../sync/outbox.ts';
import { ArrivalHeading } from '../ui/arrival-heading.tsx';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { localDay } from './local-day.ts';
import { momentIn } from './moment.ts';
import { Page } from './page.tsx';
import { saveFile } from './save-file.ts';
import { useSurvey } from './survey-context.ts';
import { summarize, type WaitingSummary } from './waiting-summary.ts';

function reasonWords(t: Translate, reason: WaitingReason): string {
  switch (reason) {
    case 'network':
      return t('waiting.why.network');
    case 'timeout':
      return t('waiting.why.timeout');
    case 'server-busy':
      return t('waiting.why.serverBusy');
    case 'server-error':
      return t('waiting.why.serverError');
    case 'outdated':
      return t('waiting.why.outdated');
    case 'signed-out':
      return t('waiting.why.signedOut');
    case 'held-back':
      return t('waiting.why.heldBack');
    case 'unreadable-reply':
      return t('waiting.why.unreadableReply');
    default:
      return reason satisfies never;
  }
}

function nextTryWords(t: Translate, waitMs: number): string {
  const seconds = Math.ceil(waitMs / 1000);
  if (seconds <= 1) return t('waiting.next.now');
  if (seconds < 90) return t('waiting.next.seconds', { count: seconds });
  return t('waiting.next.minutes', { count: Math.round(seconds / 60) });
}

/** The present, once a second while it is needed. Milliseconds since the epoch. */
function useNow(isNeeded: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!isNeeded) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [isNeeded]);
  return now;
}

/** What came of "Send now", in words. `sentBefore`: how many were sent by then. */
function resultWords(t: Translate, summary: WaitingSummary, sentBefore: number): string {
  const { outlook, waiting, sent } = summary;
  if (outlook.kind === 'sending') return t('waiting.result.sending');
  const count = sent - sentBefore;
  if (count === 0) return t('waiting.result.noneSent');
  return waiting === 0
    ? t('waiting.result.allSent', { count })
    : t('waiting.result.someSent', { count });
}

/** `isUnread`: the device may hold more than this page knows of, as its storage cannot be read now. */
function WaitingNow({ summary, isUnread }: { summary: WaitingSummary; isUnread: boolean }) {
  const { t, language } = useSurvey().texts;
  const { waiting, since, outlook } = summary;
  const now = useNow(outlook.kind === 'later');
  if (since === null && isUnread)
    return (
      <section class="waiting-card waiting-card-trouble">
        <h2>{t('waiting.unread')}</h2>
        <p>{t('waiting.unreadText')}</p>
      </section>
    );
  if (since === null)
    return (
      <section class="waiting-card waiting-card-empty">
        <h2>{t('waiting.empty')}</h2>
        <p>{t('waiting.emptyText')}</p>
      </section>
    );
  return (
    <section class="waiting-card">
      <h2>{t('waiting.count', { count: waiting })}</h2>
      <dl class="waiting-facts">
        <dt>{t('waiting.since')}</dt>
        <dd>{momentIn(language.value, since)}</dd>
        <dt>{t('waiting.why.label')}</dt>
        <dd>
          {outlook.kind === 'later' ? reasonWords(t, outlook.reason) : t('waiting.why.sending')}
        </dd>
        {outlook.kind === 'later' && (
          <>
            <dt>{t('waiting.next.label')}</dt>
            <dd>{nextTryWords(t, outlook.nextTry - now)}</dd>
          </>
        )}
      </dl>
    </section>
  );
}

function Refused({ refused }: Pick<WaitingSummary, 'refused'>) {
  const { t, language } = useSurvey().texts;
  if (refused.length === 0) return null;
  const count = refused.reduce((total, one) => total + one.count, 0);
  return (
    <section class="waiting-card waiting-card-trouble">
      <h2>{t('waiting.refused', { count })}</h2>
      <ul>
        {refused.map(({ problem, count: times }) => (
          <li key={problem}>
            {t(`problems:${problem}`)} ({inDigitsOf(language.value, String(times))})
          </li>
        ))}
      </ul>
      <p>{t('waiting.refusedText')}</p>
    </section>
  );
}

function persistenceWords(t: Translate, outbox: Outbox, room: StorageRoom): string {
  if (outbox.keeping === 'memory') return t('waiting.storage.memory');
  switch (room.persistence) {
    case 'granted':
      return t('waiting.storage.granted');
    case 'not-granted':
      return t('waiting.storage.notGranted');
    case 'unknown':
      return t('waiting.storage.unknown');
    default:
      return room.persistence satisfies never;
  }
}

/** What is wrong with the storage, or soon will be; null where nothing is. */
function troubleWords(t: Translate, outbox: Outbox, room: StorageRoom): string | null {
  if (outbox.trouble.value === 'full') return t('waiting.storage.full');
  if (outbox.trouble.value === 'blocked') return t('waiting.storage.blocked');
  return isNearlyFull(room) ? t('waiting.storage.nearlyFull') : null;
}

/** How safe it is here for what waits (told only where something does), and how full. */
function Storage({ outbox, isNeeded }: { outbox: Outbox; isNeeded: boolean }) {
  const { t } = useSurvey().texts;
  const room = outbox.room.value;
  if (room === null) return null;
  const percent = room.usedShare === null ? null : Math.ceil(room.usedShare * 100);
  const trouble = troubleWords(t, outbox, room);
  if (!isNeeded && percent === null && trouble === null) return null;
  return (
    <section class="waiting-storage">
      <h2>{t('waiting.storage.heading')}</h2>
      {trouble !== null && <Banner tone="note">{trouble}</Banner>}
      {isNeeded && <p>{persistenceWords(t, outbox, room)}</p>}
      {percent !== null && <p>{t('waiting.storage.used', { percent })}</p>}
    </section>
  );
}

/** The way out for what cannot be sent from this device: a file for the office's admin. */
function ToFile({ outbox }: { outbox: Outbox }) {
  const { texts, inApp } = useSurvey();
  const { t } = texts;
  const [isSaved, setSaved] = useState(false);
  // The windows of other apps save no files.
  if (inApp !== null) return null;
  const envelopes = outbox.entries.value.filter(isUnacknowledged).map((entry) => entry.envelope);
  const save = () => {
    saveFile(envelopes, localDay(new Date()));
    setSaved(true);
  };
  return (
    <details class="waiting-file">
      <summary>{t('waiting.file.heading')}</summary>
      <p>{t('waiting.file.text')}</p>
      <p>{t('waiting.file.warning')}</p>
      <Button kind="secondary" onPress={save}>
        {t('waiting.file.save', { count: envelopes.length })}
      </Button>
      <output class="saved-file">{isSaved && t('waiting.file.saved')}</output>
    </details>
  );
}

export function WaitingPage({ outbox }: { outbox: Outbox }) {
  const { texts, survey } = useSurvey();
  const { t } = texts;
  const [sentBefore, setSentBefore] = useState<number | null>(null);
  const summary = summarize(outbox.entries.value, outbox.forgotten.value);
  const hasWork = summary.waiting > 0 || summary.refused.length > 0;
  const sendNow = () => {
    setSentBefore(summary.sent);
    outbox.sendNow();
  };
  return (
    // Nothing takes the place of the button as the last is sent: a finger may be on its way to it.
    <Page
      actions={
        hasWork && (
          <Button kind="primary" isBusy={summary.outlook.kind === 'sending'} onPress={sendNow}>
            {t('waiting.sendNow')}
          </Button>
        )
      }
    >
      <ArrivalHeading>{t('waiting.heading')}</ArrivalHeading>
      <p class="soft">{t('waiting.private')}</p>
      <output class="waiting-result">
        {sentBefore !== null && resultWords(t, summary, sentBefore)}
      </output>
      <WaitingNow summary={summary} isUnread={outbox.keeping === 'memory'} />
      <Refused refused={summary.refused} />
      {outbox.unreadable.value > 0 && (
        <p>{t('waiting.unreadable', { count: outbox.unreadable.value })}</p>
      )}
      {outbox.uncounted.value > 0 && (
        <p>
          {t('waiting.uncounted', { count: outbox.uncounted.value })} {t('finished.uncountedText')}
        </p>
      )}
      <p>{t('waiting.sent', { count: summary.sent })}</p>
      {hasWork && <ToFile outbox={outbox} />}
      <Storage outbox={outbox} isNeeded={hasWork} />
      <Button kind="secondary" onPress={() => survey.askCode()}>
        {t('code.heading')}
      </Button>
    </Page>
  );
}
