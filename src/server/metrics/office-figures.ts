import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { diskRoomOf } from '../disk-room.ts';
import type { Readiness } from '../readiness.ts';
import type { Storage } from '../storage/storage.ts';
import type { Family } from './exposition.ts';

const ROOM_STEP = 64 * 1024 * 1024;

/** As exact as what devices report: they tell since which hour something waits. */
const DEVICES_EVERY_MS = 60 * 60 * 1_000;

/** A backup that was made whole has its name and no ending. */
const WHOLE_BACKUP = /^\d{4}-\d\d-\d\dT[\d-]+Z$/;

export interface OfficeEffects {
  storage: Pick<Storage, 'countWaiting'>;
  readiness: () => Promise<Readiness>;
  dataDir: string;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** When the latest backup in DATA_DIR was made, milliseconds since 1970; null where there is none. */
async function latestBackup(dataDir: string): Promise<number | null> {
  const folder = join(dataDir, 'backups');
  const names = await readdir(folder).catch((): string[] => []);
  const latest = names
    .filter((name) => WHOLE_BACKUP.test(name))
    .sort()
    .at(-1);
  if (latest === undefined) return null;
  return stat(join(folder, latest)).then(
    ({ mtimeMs }) => mtimeMs,
    () => null,
  );
}

const gauge = (name: string, help: string, value: number | null): Family => ({
  name,
  help,
  type: 'gauge',
  samples: value === null ? [] : [{ value }],
});

/** What makes the figures that whoever runs the server has to act on; a figure that cannot be had is left out. */
export function watchOffice(effects: OfficeEffects): () => Promise<Family[]> {
  const { storage, readiness, dataDir, now } = effects;
  let waiting: { at: number; count: Promise<number | null> } | null = null;

  async function waitingNow(): Promise<number | null> {
    const time = now();
    // Also where the clock was set back.
    if (!waiting || time - waiting.at >= DEVICES_EVERY_MS || time < waiting.at)
      waiting = { at: time, count: storage.countWaiting().catch(() => null) };
    return waiting.count;
  }

  return async function officeFamilies() {
    const [ready, room, backup, count] = await Promise.all([
      readiness(),
      diskRoomOf(dataDir).catch(() => null),
      latestBackup(dataDir),
      waitingNow(),
    ]);
    return [
      gauge('sucharit_ready', '1 if /readyz says so.', Number(ready.status === 'ready')),
      gauge(
        'sucharit_takes_answers',
        '1 while the database takes answers and acknowledges them.',
        Number(ready.database === 'takes'),
      ),
      gauge(
        'sucharit_disk_free_bytes',
        'Room for DATA_DIR, in steps of 64 MB.',
        room === null ? null : Math.floor(room / ROOM_STEP) * ROOM_STEP,
      ),
      gauge(
        'sucharit_backup_age_seconds',
        'Since the latest backup in DATA_DIR/backups was made.',
        backup === null ? null : Math.max(0, Math.round((now() - backup) / 1_000)),
      ),
      gauge(
        'sucharit_waiting_responses',
        'Responses that devices reported to wait for being sent; looked at once an hour.',
        count,
      ),
    ];
  };
}
