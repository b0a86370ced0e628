import type { Channel } from '#core/contract/channel.ts';
import { nameIn } from '#core/contract/localized-name.ts';
import { questionsOf } from '#core/flow/steps.ts';
import { ArrivalHeading } from '../ui/arrival-heading.tsx';
import { Button } from '../ui/button.tsx';
import { waitingCount } from './delivery.ts';
import { InAppNote } from './in-app-note.tsx';
import { Page } from './page.tsx';
import { PrivacyLink } from './privacy-link.tsx';
import { useSurvey } from './survey-context.ts';
import { WaitingLink } from './waiting-link.tsx';

/** Of a channel that was kept before it said so. */
const USUAL_THRESHOLD = 5;

/** What a question takes on the average, reading included. */
const SECONDS_PER_QUESTION = 10;

/** Who asks: the organization, and the department where the channel is one department's. */
export function Asker({ channel }: { channel: Channel }) {
  const { language } = useSurvey().texts;
  const department = channel.departments.find(({ number }) => number === channel.department);
  return (
    <p class="asker">
      <strong>{nameIn(language.value, channel.organization)}</strong>
      {department && <span>{nameIn(language.value, department.name)}</span>}
    </p>
  );
}

function Kept({ what, which }: { what: string; which: string }) {
  return (
    <div>
      <dt>{what}</dt>
      <dd>{which}</dd>
    </div>
  );
}

/** Why it is asked, what is kept and who sees it. */
export function NoticeWords({ channel }: { channel: Channel }) {
  const { t } = useSurvey().texts;
  const threshold = channel.suppressionThreshold ?? USUAL_THRESHOLD;
  return (
    <>
      <p>{channel.instrument.tool === 'IIT' ? t('notice.whyStaff') : t('notice.whyVisitor')}</p>
      <dl class="kept">
        <Kept what={t('notice.notKept')} which={t('notice.notKeptWhat')} />
        <Kept what={t('notice.kept')} which={t('notice.keptWhat')} />
        <Kept what={t('notice.seen')} which={t('notice.seenHow', { threshold })} />
      </dl>
    </>
  );
}

/**
 * The first screen: who asks, why, what is kept and who sees it, how long it takes. The way to the waiting page is there
 * only where something waits: it stands before Start, and room is short.
 */
export function NoticeScreen({ channel }: { channel: Channel }) {
  const { survey, texts, outbox, startWay } = useSurvey();
  const { t } = texts;
  const { id } = channel.instrument;
  const questions = questionsOf(channel).length;
  const minutes = Math.max(1, Math.round((questions * SECONDS_PER_QUESTION) / 60));
  return (
    <Page
      actions={
        startWay ?? (
          <Button kind="primary" onPress={survey.next}>
            {t('notice.start')}
          </Button>
        )
      }
    >
      <Asker channel={channel} />
      <ArrivalHeading>{t('notice.heading')}</ArrivalHeading>
      <NoticeWords channel={channel} />
      <PrivacyLink />
      <p class="soft">
        {t('notice.length', { questions, minutes })} {t('notice.free')}{' '}
        {t(`${id}:translation`) === 'unofficial' && t('notice.unofficial')}
      </p>
      <InAppNote />
      {outbox.value && waitingCount(outbox.value) > 0 && <WaitingLink />}
    </Page>
  );
}
