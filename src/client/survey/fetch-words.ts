import type { Texts } from '../i18n/texts.ts';
import type { ChannelFound } from './channel-found.ts';
import type { SurveyEffects } from './survey-effects.ts';

/** Fetches the words a found channel needs; without them it is as far away as without itself. Never rejects. */
export async function fetchWords(
  found: ChannelFound,
  texts: Texts,
  { drafts, now }: Pick<SurveyEffects, 'drafts' | 'now'>,
): Promise<ChannelFound> {
  if (found.state !== 'found') return found;
  const { code, instrument } = found.channel;
  try {
    await texts.useInstrument(instrument.id);
  } catch {
    return { state: 'unreachable', code };
  }
  const saved = drafts.read(code, instrument.id, now());
  // A language whose words cannot be fetched now must not stand between a person and the answers.
  if (saved) await texts.switchTo(saved.language).catch(() => undefined);
  return found;
}
