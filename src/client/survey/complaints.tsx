import type { ComplaintChannel } from '#core/contract/complaints.ts';
import { nameIn } from '#core/contract/localized-name.ts';
import { useSurvey } from './survey-context.ts';

/** The address as people say it. */
export const readable = (address: string) => address.replace(/^(tel:|mailto:|https:\/\/)|\/$/g, '');

function Channel({ name, address }: ComplaintChannel) {
  const { language } = useSurvey().texts;
  const words = nameIn(language.value, name);
  if (address === null)
    return (
      <li>
        <span class="link-row">{words}</span>
      </li>
    );
  // The page that thanks stays open, and the other site is not told what led there.
  return (
    <li>
      <a class="link-row" href={address} target="_blank" rel="noopener noreferrer">
        {words} <span>{readable(address)}</span>
      </a>
    </li>
  );
}

/** Where one can complain: what is answered here is only counted, and nobody looks into a single case. */
export function Complaints({ channels }: { channels: readonly ComplaintChannel[] }) {
  const { t } = useSurvey().texts;
  if (channels.length === 0) return null;
  return (
    <section class="complaints">
      <h2>{t('complaints.heading')}</h2>
      <p>{t('complaints.text')}</p>
      <ul>
        {channels.map((channel) => (
          <Channel key={channel.name.th} {...channel} />
        ))}
      </ul>
    </section>
  );
}
