import type { Channel } from '#core/contract/channel.ts';
import { longDay } from '../i18n/long-day.ts';
import type { Texts } from '../i18n/texts.ts';

/** What a visitor reads of a channel that takes no answers now: that it is over, or when it begins. */
export function closedWords({ t, language }: Texts, { upcoming }: Channel) {
  // What the device kept of a channel before there were drafts does not say.
  if (!upcoming) return { heading: t('closed.heading'), text: t('closed.text') };
  const { opensOn } = upcoming;
  const when = opensOn && t('upcoming.on', { day: longDay(language.value, opensOn) });
  return { heading: t('upcoming.heading'), text: `${when ?? ''} ${t('upcoming.text')}`.trim() };
}
