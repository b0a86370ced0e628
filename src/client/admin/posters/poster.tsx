import type { Assessment, ChannelSummary } from '#core/contract/assessment.ts';
import { formatChannelCode } from '#core/contract/channel-code.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { useWords } from '../admin.ts';
import { formatsFor } from '../formats.ts';
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
      <p class="poster-promise">{t(`posters.${tool}.promise`)}</p>
    </div>
  );
}

/** Whose poster it is: the office, the department, the year. */
function Head({
  assessment,
  channel,
  thai,
}: Pick<PosterProps, 'assessment' | 'channel'> & { thai: Texts }) {
  const office = assessment.organization;
  const department = assessment.departments.find(({ number }) => number === channel.department);
  const english = [office.en, department?.name.en].filter(Boolean).join(' · ');
  return (
    <header class="poster-head">
      <p class="poster-office">{office.th}</p>
      {department === undefined ? null : <p class="poster-department">{department.name.th}</p>}
      {english === '' ? null : (
        <p class="poster-other" lang="en">
          {english}
        </p>
      )}
      <p class="poster-year">
        {thai.t('posters.assessment', { year: formatsFor('th').year(assessment.fiscalYear) })}
      </p>
    </header>
  );
}

/** The poster of one channel: one A4 page, black on white where a camera looks. */
export function Poster({ assessment, channel, instrument, texts }: PosterProps) {
  const words = useWords();
  const thai = texts.find(({ language }) => language === 'th');
  if (!thai) return null;
  const { t } = thai;
  const { tool } = instrument;
  const code = formatChannelCode(channel.code);
  const label = words.t('posters.qrLabel', { code });
  const services = thai.instrument(instrument.id)?.fields['service']?.options;
  const service = channel.service === null ? undefined : services?.[String(channel.service)];

  return (
    <article class="poster" lang="th" aria-label={label}>
      <Head assessment={assessment} channel={channel} thai={thai} />
      <div class="poster-call">
        <h2>{t(`posters.${tool}.headline`)}</h2>
        <p>{t(`posters.${tool}.lead`)}</p>
      </div>
      <div class="poster-middle">
        <div class="poster-qr">
          <QrCode text={channel.url} label={label} />
          <p class="poster-caption">
            {texts.map((each) => (
              <span key={each.language} lang={each.language}>
                {each.t('posters.scanWord')}
              </span>
            ))}
          </p>
        </div>
        <div class="poster-how">
          {service === undefined ? null : <p class="poster-service">{service}</p>}
          <ol>
            <li>{t('posters.stepScan')}</li>
            <li>{t('posters.stepAnswer')}</li>
            <li>{t('posters.stepSend')}</li>
          </ol>
          <p class="poster-promise-main">{t(`posters.${tool}.promise`)}</p>
          <p class="poster-kept">{t('posters.kept')}</p>
        </div>
      </div>
      <div class="poster-typed">
        <p>
          {t('posters.orType')} <strong class="poster-address">{addressToType(channel.url)}</strong>
        </p>
        <p class="poster-code">{code}</p>
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
