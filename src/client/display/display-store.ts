import * as z from 'zod/mini';
import { openedDisplaySchema } from '#core/contract/display.ts';

const KEY = 'sucharit:display';

/**
 * What a screen keeps so that it goes on by itself after a reload, also without network. `offset`: how far the server's clock
 * is ahead of the screen's, in milliseconds; `heardAt`: when the server was heard last, by the server's clock.
 */
const keptDisplaySchema = z.object({
  ...openedDisplaySchema.shape,
  offset: z.number(),
  heardAt: z.number(),
});

export type KeptDisplay = z.infer<typeof keptDisplaySchema>;

export interface DisplayStore {
  read(): KeptDisplay | null;
  keep(display: KeptDisplay): void;
  forget(): void;
}

/** In the browser's storage; where that is forbidden or full the display lasts as long as its page. */
export function createDisplayStore(storage: Storage | null): DisplayStore {
  function attempt<Result>(act: (items: Storage) => Result): Result | null {
    if (!storage) return null;
    try {
      return act(storage);
    } catch {
      return null;
    }
  }
  return {
    read() {
      const kept = attempt((items): unknown => JSON.parse(items.getItem(KEY) ?? 'null'));
      const parsed = keptDisplaySchema.safeParse(kept);
      return parsed.success ? parsed.data : null;
    },
    keep(display) {
      attempt((items) => items.setItem(KEY, JSON.stringify(display)));
    },
    forget() {
      attempt((items) => items.removeItem(KEY));
    },
  };
}
