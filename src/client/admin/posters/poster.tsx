import type { Assessment, ChannelSummary } from '#core/contract/assessment.ts';
import { formatChannelCode } from '#core/contract/channel-code.ts';
import { nameIn } from '#core/contract/localized-name.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { useWords } from '../admin.ts';
import { formatsFor } from '../formats.ts';
import { departmentName } from '../names.ts';
import { QrCode } from '../parts/qr-code.tsx';
import type { Texts } from '../texts.ts';
import { addressToType } from './poster-address.ts';

interface PosterProps {
  assessment: Assessment;
  channel: ChannelSummary;
  instrument: Instrument;
  /** The texts of every language, Thai first. */
  texts: readonly Texts[];
}

/** The words of one language other than Thai, in a column at the foot. */
function Column({ texts, tool }: { texts: Texts; tool: string }) {
  const { t, language } = texts;
  return (
    <div class="poster-column" lang={language}>
      <h3>{t(`posters.${tool}.headline`)}</h3>
      <p>{t('posters.scan')}</p>
      <p class="poster-promise">{t('posters.promise')}</p>
    </div>
  );
}

/** The poster of one channel: one A4 page, black on white where a camera looks. */
export function Poster({ assessment, channel, instrument, texts }: PosterProps) {
  const words = useWords();
  const thai = texts.find(({ language }) => language === 'th');
  if (!thai) return null;
  const { t } = thai;
  const { tool } = instrument;
  const formats = formatsFor('th');
  const office = assessment.organization;
  const english = nameIn('en', office);
  const service =
    channel.service === null
      ? undefined
      : thai.instrument(instrument.id)?.fields.service?.options?.[String(channel.service)];
  const label = words.t('posters.qrLabel', { code: formatChannelCode(channel.code) });

  return (
    <article class="poster" lang="th" aria-label={label}>
      <header class="poster-head">
        <p class="poster-office">{office.th}</p>
        {english === office.th ? null : (
          <p class="poster-office-other" lang="en">
            {english}
          </p>
        )}
        <p class="poster-year">
          {t('posters.assessment', { year: formats.year(assessment.fiscalYear), tool })}
        </p>
      </header>
      <div class="poster-call">
        <h2>{t(`posters.${tool}.headline`)}</h2>
        <p>{t(`posters.${tool}.lead`)}</p>
      </div>
      <div class="poster-middle">
        <div class="poster-qr">
          <QrCode text={channel.url} label={label} />
        </div>
        <div class="poster-how">
          {channel.department === null ? null : (
            <p class="poster-department">
              {departmentName(assessment, 'th', t, channel.department)}
            </p>
          )}
          {service === undefined ? null : <p class="poster-service">{service}</p>}
          <ol>
            <li>{t('posters.stepScan')}</li>
            <li>{t('posters.stepAnswer')}</li>
            <li>{t('posters.stepSend')}</li>
          </ol>
          <p class="poster-promise-main">{t('posters.promise')}</p>
          <p class="poster-kept">{t('posters.kept')}</p>
        </div>
      </div>
      <div class="poster-typed">
        <p>
          {t('posters.orType')} <strong class="poster-address">{addressToType(channel.url)}</strong>
        </p>
        <p class="poster-code">{formatChannelCode(channel.code)}</p>
      </div>
      <footer class="poster-columns">
        {texts
          .filter(({ language }) => language !== 'th')
          .map((other) => (
            <Column key={other.language} texts={other} tool={tool} />
          ))}
      </footer>
    </article>
  );
}
