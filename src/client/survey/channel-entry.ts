import type { Signal } from '@preact/signals';
import type { Channel } from '#core/contract/channel.ts';
import { isChannelCode, normalizeChannelCode } from '#core/contract/channel-code.ts';
import type { ChannelFound } from './channel-found.ts';
import type { CodeTrouble, Screen } from './screen.ts';
import type { SurveyEffects } from './survey-effects.ts';

interface EntryParts {
  effects: Pick<SurveyEffects, 'history' | 'channels' | 'loadChannel'>;
  /** A found channel once its words are there; without them it is unreachable. */
  withWords: (found: ChannelFound) => Promise<ChannelFound>;
  showChannel: (channel: Channel) => Promise<void>;
}

/** What a person does who types the code of a channel. */
export function createChannelEntry(screen: Signal<Screen>, parts: EntryParts) {
  const { effects, withWords, showChannel } = parts;
  return {
    typeCode(typed: string) {
      screen.value = { kind: 'enter-code', typed, trouble: null, isAsking: false };
    },
    async submitCode() {
      if (screen.value.kind !== 'enter-code' || screen.value.isAsking) return;
      const { typed } = screen.value;
      const code = normalizeChannelCode(typed);
      const complain = (trouble: CodeTrouble) => {
        screen.value = { kind: 'enter-code', typed, trouble, isAsking: false };
      };
      if (code === '') complain('empty');
      else if (!isChannelCode(code)) complain('mistyped');
      else {
        const asking: Screen = { kind: 'enter-code', typed, trouble: null, isAsking: true };
        screen.value = asking;
        const asked = await effects.loadChannel(code);
        const kept = asked.state === 'unreachable' ? await effects.channels.read(code) : null;
        const found = await withWords(kept ? { state: 'found', channel: kept } : asked);
        // Somebody typed on meanwhile: nobody waits for this answer any more.
        if (screen.value !== asking) return;
        if (found.state === 'unreachable') complain('unreachable');
        else if (found.state === 'problem') complain({ problem: found.problem });
        else {
          await showChannel(found.channel);
          effects.history.replace({ step: 'notice', depth: 0, reviewDepth: null }, `/s/${code}`);
        }
      }
    },
  };
}
