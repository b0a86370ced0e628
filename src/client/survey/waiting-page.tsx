// What waits on this device, why, and what to do about it. Loaded only where somebody asks.
import { useEffect, useState } from 'preact/hooks';
import type { WaitingReason } from '#core/outbox/entry.ts';
import { inDigitsOf } from '../i18n/digits.ts';
import type { Translate } from '../i18n/texts.ts';
import { readStorageRoom, type StorageRoom } from '../local/storage-room.ts';
import type { Outbox } from '../sync/outbox.ts';
import { ArrivalHeading } from '../ui/arrival-heading.tsx';
import { Button } from '../ui/button.tsx';
import { momentIn } from './moment.ts';
import { Page } from './page.tsx';
import { useSurvey } from './survey-context.ts';
import { summarize, type WaitingSummary } from './waiting-summary.ts';
import './waiting-page.css';

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

function WaitingNow({ summary }: { summary: WaitingSummary }) {
  const { t, language } = useSurvey().texts;
  const { waiting, since, outlook } = summary;
  const now = useNow(outlook.kind === 'later');
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

/** What the browser gives, asked anew when the outbox changes in size. */
function useStorageRoom(size: number): StorageRoom | null {
  const [room, setRoom] = useState<StorageRoom | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void readStorageRoom(navigator.storage).then((read) => isCurrent && setRoom(read));
    return () => {
      isCurrent = false;
    };
  }, [size]);
  return room;
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

/** How safe it is here for what waits (told only where something does), and how full. */
function Storage({ outbox, isNeeded }: { outbox: Outbox; isNeeded: boolean }) {
  const { t } = useSurvey().texts;
  const room = useStorageRoom(outbox.entries.value.length);
  if (room === null) return null;
  const percent = room.usedShare === null ? null : Math.ceil(room.usedShare * 100);
  if (!isNeeded && percent === null) return null;
  return (
    <section class="waiting-storage">
      <h2>{t('waiting.storage.heading')}</h2>
      {isNeeded && <p>{persistenceWords(t, outbox, room)}</p>}
      {percent !== null && <p>{t('waiting.storage.used', { percent })}</p>}
    </section>
  );
}

export function WaitingPage({ outbox }: { outbox: Outbox }) {
  const { texts, survey } = useSurvey();
  const { t } = texts;
  const [sentBefore, setSentBefore] = useState<number | null>(null);
  const summary = summarize(outbox.entries.value);
  const hasWork = summary.waiting > 0 || summary.refused.length > 0;
  const sendNow = () => {
    setSentBefore(summary.sent);
    outbox.sendNow();
  };
  const typeCode = (
    <Button kind="secondary" onPress={() => survey.askCode()}>
      {t('code.heading')}
    </Button>
  );
  return (
    <Page
      actions={
        hasWork ? (
          <Button kind="primary" isBusy={summary.outlook.kind === 'sending'} onPress={sendNow}>
            {t('waiting.sendNow')}
          </Button>
        ) : (
          typeCode
        )
      }
    >
      <ArrivalHeading>{t('waiting.heading')}</ArrivalHeading>
      <p class="soft">{t('waiting.private')}</p>
      <output class="waiting-result">
        {sentBefore !== null && resultWords(t, summary, sentBefore)}
      </output>
      <WaitingNow summary={summary} />
      <Refused refused={summary.refused} />
      {outbox.unreadable.value > 0 && (
        <p>{t('waiting.unreadable', { count: outbox.unreadable.value })}</p>
      )}
      <p>{t('waiting.sent', { count: summary.sent })}</p>
      <Storage outbox={outbox} isNeeded={hasWork} />
      {hasWork && typeCode}
    </Page>
  );
}
