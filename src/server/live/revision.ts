import type { Assessment } from '#core/contract/assessment.ts';
import type { Results } from '../counting/results.ts';
import { sha256 } from '../sha256.ts';
import type { Storage } from '../storage/storage.ts';

/** What the devices say is added up anew so many times less than all of the time, however many they are. */
const REST_FACTOR = 50;

interface RevisionEffects {
  storage: Pick<
    Storage,
    'findAssessment' | 'listChannels' | 'countSetAside' | 'sumDeviceReports' | 'listTroubledDevices'
  >;
  results: Pick<Results, 'glance' | 'recentRevision'>;
  /** Milliseconds since 1970. */
  now: () => number;
}

interface OfDevices {
  said: string;
  addedUpAt: number;
  restUntil: number;
}

/**
 * Names what is on show of an assessment: its settings, how many are counted, how many of them are in the scores that are
 * shown, what is set aside, what its devices say. Null where it is gone. Nothing of it is made of single answers.
 */
export function createRevisions({ storage, results, now }: RevisionEffects) {
  const ofDevices = new Map<Assessment['id'], OfDevices>();

  async function saidByDevices(id: string, codes: readonly string[]): Promise<string> {
    const known = ofDevices.get(id);
    const begun = now();
    // A clock that was set back keeps nobody waiting.
    if (known && begun >= known.addedUpAt && begun < known.restUntil) return known.said;
    const sums = await storage.sumDeviceReports(codes);
    const troubled = await storage.listTroubledDevices(codes);
    const said = sha256(JSON.stringify([sums, troubled]));
    const ended = now();
    ofDevices.set(id, { said, addedUpAt: ended, restUntil: ended + REST_FACTOR * (ended - begun) });
    return said;
  }

  return {
    async of(id: Assessment['id']): Promise<string | null> {
      const assessment = await storage.findAssessment(id);
      if (!assessment || assessment.deletedOn !== null) return null;
      const codes = (await storage.listChannels(id)).map(({ code }) => code);
      return JSON.stringify([
        assessment,
        await results.glance(assessment),
        results.recentRevision(assessment),
        await storage.countSetAside(codes),
        await saidByDevices(id, codes),
      ]);
    },
    /** Nobody has it open any more. */
    forget(id: Assessment['id']): void {
      ofDevices.delete(id);
    },
  };
}
