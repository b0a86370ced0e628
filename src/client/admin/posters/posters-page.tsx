import type { Assessment, ChannelSummary } from '#core/contract/assessment.ts';
import { LANGUAGES } from '#core/contract/language.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { useAdmin, useWords } from '../admin.ts';
import { LifeNote } from '../life/life-note.tsx';
import { Icon } from '../parts/icon.tsx';
import { Link } from '../parts/link.tsx';
import { OnlyHere } from '../parts/only-here.tsx';
import { Page } from '../parts/page.tsx';
import { Empty, Failed, Loading } from '../parts/states.tsx';
import { useLoaded } from '../parts/use-loaded.ts';
import type { PosterChoice } from '../routes.ts';
import { loadTexts } from '../texts.ts';
import { Poster } from './poster.tsx';

interface PostersPageProps {
  assessment: Assessment;
  instruments: Instrument[];
  choice: PosterChoice;
}

function isChosen(channel: ChannelSummary, choice: PosterChoice): boolean {
  if (choice.by === 'channel') return channel.code === choice.code;
  if (choice.by === 'instrument' && channel.instrument !== choice.instrument) return false;
  return channel.state === 'open';
}

/** One A4 page for each chosen channel, for the browser's own print. Closed channels get one only when asked for. */
export function PostersPage({ assessment, instruments, choice }: PostersPageProps) {
  const { api } = useAdmin();
  const { t, formats } = useWords();
  const { loaded, retry } = useLoaded(async () => {
    const [channels, texts] = await Promise.all([
      api.channels(assessment.id),
      Promise.all(LANGUAGES.map((language) => loadTexts(language))),
    ]);
    return { channels, texts };
  }, assessment.id);

  if (loaded.value.state === 'loading') return <Loading />;
  if (loaded.value.state === 'failed') return <Failed error={loaded.value.error} retry={retry} />;

  const { channels, texts } = loaded.value.value;
  const chosen = channels.filter((channel) => isChosen(channel, choice));
  const posters = instruments.flatMap((instrument) =>
    chosen
      .filter((channel) => channel.instrument === instrument.id)
      .map((channel) => ({ channel, instrument })),
  );

  return (
    <main class="posters">
      <Page
        title={t('posters.title')}
        lead={t('posters.lead', { count: posters.length, n: formats.count(posters.length) })}
        actions={
          <>
            <Link to={{ page: 'channels' }} class="button button-quiet">
              {t('posters.back')}
            </Link>
            <button
              type="button"
              class="button button-primary"
              disabled={posters.length === 0}
              onClick={() => window.print()}
            >
              <Icon name="print" />
              {t('posters.print')}
            </button>
          </>
        }
      >
        <p class="hint">{t('posters.hint')}</p>
        <LifeNote assessment={assessment} />
        <OnlyHere url={chosen[0]?.url} words={(host) => t('posters.onlyHere', { host })} />
        {posters.length === 0 ? (
          <Empty title={t('posters.noneTitle')}>
            <p>{t('posters.noneText')}</p>
          </Empty>
        ) : null}
      </Page>
      {posters.map(({ channel, instrument }) => (
        <Poster
          key={channel.code}
          assessment={assessment}
          channel={channel}
          instrument={instrument}
          texts={texts}
        />
      ))}
    </main>
  );
}
