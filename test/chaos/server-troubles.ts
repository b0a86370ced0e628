import { setTimeout as pause } from 'node:timers/promises';
import type { Chance, Site } from './site.ts';

/** What happens to the server, one thing after the other. */
export async function troubleServer(
  site: Site,
  chance: Chance,
  { withRestore }: { withRestore: boolean },
): Promise<void> {
  const { dice } = chance;
  const troubles = site.troubles
    .map((trouble) => ({ happen: async () => trouble(chance), at: dice.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ happen }) => happen);
  if (withRestore) {
    let backup = '';
    const place = dice.between(0, 2);
    troubles.splice(place, 0, async () => void (backup = await site.backup()));
    troubles.splice(dice.between(place + 2, troubles.length), 0, async () =>
      site.restore(backup, chance),
    );
  }
  for (const happen of troubles) {
    await pause(dice.between(50, 500));
    await happen();
  }
}
