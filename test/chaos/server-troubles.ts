import { setTimeout as pause } from 'node:timers/promises';
import type { Dice } from './dice.ts';
import type { ChaosServer } from './server.ts';
import type { Tally } from './tally.ts';

interface Trouble {
  server: ChaosServer;
  dice: Dice;
  tally: Tally;
}

/** A power cut, and now and then a second one while it starts. */
async function kill({ server, dice, tally }: Trouble): Promise<void> {
  tally.add('fault: server killed');
  await server.stop('SIGKILL');
  await pause(dice.between(0, 150));
  if (dice.chance(0.3)) {
    tally.add('fault: server killed while it starts');
    await server.startAndKill(dice.between(50, 450));
  }
  await server.start();
}

async function fillDisk({ server, dice, tally }: Trouble): Promise<void> {
  if (await server.fillDisk()) tally.add('fault: disk of the server full');
  await pause(dice.between(100, 600));
  await server.emptyDisk();
}

async function lock({ server, dice, tally }: Trouble): Promise<void> {
  tally.add('fault: database locked');
  await server.lockFor(dice.between(50, 600));
}

async function restore({ server, dice, tally }: Trouble, backup: string): Promise<void> {
  await server.stop(dice.pick(['SIGTERM', 'SIGKILL']));
  if (dice.chance(0.75)) {
    tally.add('fault: older backup restored');
    await server.restore(backup);
  } else {
    tally.add('fault: older database put in place by hand');
    await server.putInPlace(backup);
  }
  await server.start();
}

/** What happens to the server, one thing after the other. */
export async function troubleServer(
  trouble: Trouble,
  { withRestore }: { withRestore: boolean },
): Promise<void> {
  const { server, dice } = trouble;
  const troubles = [kill, kill, fillDisk, lock]
    .map((happen) => ({ happen: async () => happen(trouble), at: dice.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ happen }) => happen);
  if (withRestore) {
    let backup = '';
    const place = dice.between(0, 2);
    troubles.splice(place, 0, async () => void (backup = await server.backup()));
    troubles.splice(dice.between(place + 2, troubles.length), 0, async () =>
      restore(trouble, backup),
    );
  }
  for (const happen of troubles) {
    await pause(dice.between(50, 500));
    await happen();
  }
}
