import { useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import type { Language } from '#core/contract/language.ts';
import type { Translate } from '../i18n/texts.ts';
import type { Outbox } from '../sync/outbox.ts';
import { momentIn } from '../survey/moment.ts';
import { Page } from '../survey/page.tsx';
import { summarize } from '../survey/waiting-summary.ts';
import { ArrivalHeading } from '../ui/arrival-heading.tsx';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { attentionOf } from './attention.ts';
import { useKiosk, useKioskWords } from './kiosk-context.ts';
import { StaffLanguage } from './staff-language.tsx';

const MINUTE_MS = 60_000;
/** A clock that is off by less does no harm. */
const HARMLESS_MINUTES = 2;

function Fact({ what, children }: { what: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{what}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function storageWords(t: Translate, outbox: Outbox): string {
  if (outbox.keeping === 'memory') return t('status.memory');
  const room = outbox.room.value;
  const used =
    room === null || room.usedShare === null
      ? t('status.storageUnknown')
      : t('status.storageUsed', { percent: Math.ceil(room.usedShare * 100) });
  const lasting = room?.persistence === 'granted' ? t('status.lasting') : t('status.notLasting');
  return `${used} · ${lasting}`;
}

function clockWords(t: Translate, language: Language, now: number, aheadMs: number | null) {
  const moment = momentIn(language, now);
  const minutes = Math.round((aheadMs ?? 0) / MINUTE_MS);
  if (Math.abs(minutes) < HARMLESS_MINUTES) return moment;
  const values = { moment, count: Math.abs(minutes) };
  return minutes > 0 ? t('status.ahead', values) : t('status.behind', values);
}

/** What waits, and the way out for what cannot be sent: numbers, and no answer of anybody. */
function OutboxFacts({ outbox }: { outbox: Outbox }) {
  const { texts, lastSent } = useKiosk();
  const t = useKioskWords();
  const language = texts.language.value;
  const { waiting, since, sent } = summarize(outbox.entries.value, outbox.forgotten.value);
  return (
    <>
      <Fact what={t('status.waiting')}>{t('status.count', { count: waiting })}</Fact>
      {since !== null && <Fact what={t('status.oldest')}>{momentIn(language, since)}</Fact>}
      <Fact what={t('status.sent')}>{t('status.count', { count: sent })}</Fact>
      <Fact what={t('status.lastSent')}>
        {lastSent.value === null ? t('status.notYet') : momentIn(language, lastSent.value)}
      </Fact>
      <Fact what={t('status.storage')}>{storageWords(t, outbox)}</Fact>
    </>
  );
}

function Refused({ outbox }: { outbox: Outbox }) {
  const t = useKioskWords();
  const { refused } = summarize(outbox.entries.value);
  const count = refused.reduce((total, one) => total + one.count, 0);
  return count === 0 ? null : <Banner tone="note">{t('status.refused', { count })}</Banner>;
}

function ToFile({ outbox }: { outbox: Outbox }) {
  const { saveFile } = useKiosk();
  const t = useKioskWords();
  const [isSaved, setSaved] = useState(false);
  const { waiting, refused } = summarize(outbox.entries.value);
  const count = refused.reduce((total, one) => total + one.count, waiting);
  if (count === 0 && !isSaved) return null;
  return (
    <>
      {count > 0 && (
        <Button
          kind="secondary"
          onPress={() => {
            saveFile(outbox);
            setSaved(true);
          }}
        >
          {t('status.save', { count })}
        </Button>
      )}
      <output class="saved-file">{isSaved && t('status.saved')}</output>
    </>
  );
}

/** How the tablet is, for those who look after it. */
export function StatusScreen() {
  const { kiosk, texts, outbox, update, version, now, leaveFullScreen } = useKiosk();
  const t = useKioskWords();
  const language = texts.language.value;
  const contact = kiosk.contact.value;
  const here = outbox.value;
  const isNewer = update.state.value !== 'none';
  // Why there is a mark in the staff's corner.
  const attention = attentionOf(here, now.value);
  return (
    <>
      <StaffLanguage />
      <Page
        actions={
          <>
            <Button kind="secondary" onPress={leaveFullScreen}>
              {t('status.leave')}
            </Button>
            <Button kind="primary" onPress={kiosk.end}>
              {t('status.back')}
            </Button>
          </>
        }
      >
        <ArrivalHeading>{t('status.heading')}</ArrivalHeading>
        <p class="soft">{t('status.private')}</p>
        {here && <Refused outbox={here} />}
        {attention && attention !== 'refused' && (
          <Banner tone="note">{t(`corner.${attention}`)}</Banner>
        )}
        <dl class="status">
          <Fact what={t('status.name')}>{kiosk.settings.value?.name}</Fact>
          {here && <OutboxFacts outbox={here} />}
          <Fact what={t('status.network')}>
            {contact === null ? t('status.notReached') : momentIn(language, contact.at)}
          </Fact>
          <Fact what={t('status.clock')}>
            {clockWords(t, language, now.value, contact?.aheadMs ?? null)}
          </Fact>
          <Fact what={t('status.version')}>
            {isNewer ? t('status.newer', { version }) : version}
          </Fact>
        </dl>
        <div class="status-acts">
          <Button
            kind="secondary"
            onPress={() => {
              here?.sendNow();
              void kiosk.reach();
            }}
          >
            {t('status.sendNow')}
          </Button>
          {here && <ToFile outbox={here} />}
        </div>
      </Page>
    </>
  );
}
