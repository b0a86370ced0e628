import * as z from 'zod/mini';
import { UNCOUNTED_REASONS } from '#core/contract/uncounted.ts';

const messageSchema = z.union([
  /** Something was added to the store. */
  z.object({ kind: z.literal('kept') }),
  /** The server holds these, acknowledged in that epoch; they no longer wait in the store. */
  z.object({
    kind: z.literal('acknowledged'),
    ids: z.array(z.string()),
    epoch: z.nullable(z.string()),
    /** Which of them are never counted, and why; an older build's tab does not tell. */
    uncounted: z.optional(z.array(z.object({ id: z.string(), reason: z.enum(UNCOUNTED_REASONS) }))),
  }),
]);

/** What the tabs of a device tell each other. A message may get lost: the store and the server have the last word. */
export type TabMessage = z.infer<typeof messageSchema>;

export interface OtherTabs {
  tell(message: TabMessage): void;
  /** The function returned ends the listening. */
  listen(hear: (message: TabMessage) => void): () => void;
}

const NAME = 'sucharit-outbox';

const NOBODY: OtherTabs = { tell: () => undefined, listen: () => () => undefined };

function hearAll(data: unknown, hear: (message: TabMessage) => void): void {
  const parsed = messageSchema.safeParse(data);
  if (parsed.success) hear(parsed.data);
}

/**
 * By BroadcastChannel, or where that is missing (Safari before 15.4) by the storage event of a value written and removed.
 * Never throws: where storage is forbidden (Firefox without cookies) both are, and there is nothing to tell of anyway.
 */
export function browserTabs(page: Window & typeof globalThis): OtherTabs {
  // Older browsers lack it, whatever the types say.
  const Channel: typeof BroadcastChannel | undefined = page.BroadcastChannel;
  try {
    return Channel ? tabsByChannel(new Channel(NAME)) : tabsByStorage(page, page.localStorage);
  } catch {
    return NOBODY;
  }
}

function tabsByChannel(channel: BroadcastChannel): OtherTabs {
  return {
    tell: (message) => channel.postMessage(message),
    listen(hear) {
      const listener = (event: MessageEvent<unknown>) => hearAll(event.data, hear);
      channel.addEventListener('message', listener);
      return () => channel.removeEventListener('message', listener);
    },
  };
}

function tabsByStorage(page: Window, storage: Storage): OtherTabs {
  return {
    tell(message) {
      try {
        storage.setItem(NAME, JSON.stringify(message));
        storage.removeItem(NAME);
      } catch {
        // No room: the others find out from the store.
      }
    },
    listen(hear) {
      const listener = ({ key, newValue }: StorageEvent) => {
        if (key === NAME && newValue !== null) hearAll(JSON.parse(newValue), hear);
      };
      page.addEventListener('storage', listener);
      return () => page.removeEventListener('storage', listener);
    },
  };
}
