import { effect, type Signal } from '@preact/signals';
import type { Channel } from '#core/contract/channel.ts';
import type { Envelope } from '#core/contract/envelope.ts';
import type { Outbox } from '../sync/outbox.ts';
import { isSafe, type Delivery } from './delivery.ts';
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
  const wipeWhenSafe = (outbox: Outbox, { id, channel }: Envelope) => {
    let isWiped = false;
    stopWiping = effect(() => {
      // Once only.
      if (isWiped || !isSafe(outbox, id)) return;
      isWiped = true;
      drafts.wipe(channel);
    });
  };

  /** `sent`: the response; undefined where it left the outbox before. */
  const thank = (
    channel: Channel,
    sent: Envelope | undefined,
    outbox: Outbox,
    { saveFile }: SendingParts,
  ) => {
    screen.value = {
      kind: 'finished',
      channel,
      envelopeId: sent?.id ?? '',
      outbox,
      saveFile: () => sent && saveFile([sent], effects.today()),
    };
  };

  /** Gives the finished response to the outbox and shows what became of it. */
  async function keep(channel: Channel, sealed: Envelope, parts: SendingParts): Promise<void> {
    const outbox = await parts.openOutbox();
    await outbox.keep(sealed, parts.mayBeStored(sealed, channel));
    thank(channel, sealed, outbox, parts);
    wipeWhenSafe(outbox, sealed);
    rewind();
  }

  return {
    keep,
    /**
     * Goes on where a page ended after Send was pressed: the response may be on the device or on the server already, so whoever
     * could still change an answer, or was not thanked again, would make a second one of it. `thanked`: what was told before. False
     * where nobody pressed Send, or that cannot be done now.
     */
    async goOn(
      channel: Channel,
      saved: SavedDraft | null,
      thanked: Delivery['kind'] | undefined,
    ): Promise<boolean> {
      const sealed = saved?.sealed;
      // Whose response was not counted may come with another code.
      if (!sealed && (saved || !thanked || thanked === 'uncounted')) return false;
      try {
        const parts = await effects.loadSending();
        if (sealed) await keep(channel, sealed, parts);
        else {
          const outbox = await parts.openOutbox();
          const ofChannel = outbox.entries.value.filter(
            ({ envelope }) => envelope.channel === channel.code,
          );
          const waiting = thanked === 'sent' ? undefined : ofChannel.pop();
          // Of one that waited, and that the device has no more, nobody knows.
          if (thanked !== 'sent' && !waiting) return false;
          thank(channel, waiting?.envelope, outbox, parts);
        }
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
