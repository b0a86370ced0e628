import { effect, type Signal } from '@preact/signals';
import type { Channel } from '#core/contract/channel.ts';
import type { Envelope } from '#core/contract/envelope.ts';
import type { Outbox } from '../sync/outbox.ts';
import { isSafe } from './delivery.ts';
import type { SavedDraft } from './draft-store.ts';
import type { Screen } from './screen.ts';
import type { SendingParts } from './sending-parts.ts';
import type { SurveyEffects } from './survey-effects.ts';

interface KeepingParts {
  effects: Pick<SurveyEffects, 'drafts' | 'loadSending' | 'today'>;
  /** Leaves no entry of a finished person on the way back. */
  rewind: () => void;
}

/** What happens to a response from Send on: into the outbox, and its draft wiped once nothing can be lost any more. */
export function createKeeping(screen: Signal<Screen>, { effects, rewind }: KeepingParts) {
  const { drafts } = effects;
  let stopWiping: (() => void) | null = null;

  /** Until then a reload of the tab brings the answers back, with the envelope that was made of them. */
  const wipeWhenSafe = (outbox: Outbox, envelopeId: string) => {
    let isWiped = false;
    stopWiping = effect(() => {
      // Once only.
      if (isWiped || !isSafe(outbox, envelopeId)) return;
      isWiped = true;
      drafts.wipe();
    });
  };

  /** Gives the finished response to the outbox and shows what became of it. */
  async function keep(channel: Channel, sealed: Envelope, parts: SendingParts): Promise<void> {
    const outbox = await parts.openOutbox();
    await outbox.keep(sealed, parts.mayBeStored(sealed, channel));
    screen.value = {
      kind: 'finished',
      channel,
      envelopeId: sealed.id,
      outbox,
      saveFile: () => parts.saveFile([sealed], effects.today()),
    };
    wipeWhenSafe(outbox, sealed.id);
    rewind();
  }

  return {
    keep,
    /**
     * Goes on where a page ended after Send was pressed: the response may be on the device or on the server already, so whoever
     * could still change an answer would make a second one of it. False where that cannot be done now.
     */
    async keepAgain(channel: Channel, { sealed }: SavedDraft): Promise<boolean> {
      if (sealed === null) return false;
      try {
        await keep(channel, sealed, await effects.loadSending());
        return true;
      } catch {
        return false;
      }
    },
    /** The next draft is somebody else's: it is not wiped with what was sent before. */
    forgetWiping() {
      stopWiping?.();
    },
  };
}
