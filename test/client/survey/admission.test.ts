import { describe, expect, it } from 'vitest';
import { admissionIn, takeAdmission } from '#client/survey/admission-in-address.ts';
import { makeStaffCode } from '#core/contract/staff-code.ts';
import type { Admission } from '#core/contract/admission.ts';
import { TOLERANCE_MS, windowBegins } from '#core/display/window.ts';
import { questionsOf } from '#core/flow/steps.ts';
import { channelOf } from '../../core/flow/channels.ts';
import { answerAll, createRespondent, FakeStorage } from './respondent.ts';

const MINE: Admission = { by: 'code', code: 'AAAA2222' };
const HERS: Admission = { by: 'code', code: 'CCCC3333' };
const SHOWN: Admission = { by: 'display', window: 57_000_000, mark: '0123456789abcdef' };
const LATER: Admission = { ...SHOWN, window: 57_000_009 };

describe('the address', () => {
  it.each([
    ['#c=aaaa2222', MINE],
    ['#d=57000000.0123456789abcdef', SHOWN],
    ['#c=', null],
    ['#d=57000000', null],
    ['#c=A&d=1', null],
    ['#th', null],
    ['', null],
  ])('tells by %j what a person came in by', (hash, admission) => {
    expect(admissionIn(hash, windowBegins(57_000_000))).toEqual(admission);
  });

  it.each([TOLERANCE_MS + 1, -TOLERANCE_MS - 1])(
    'tells that a display’s code is of another time, %d ms from the phone’s, and no time',
    (late) => {
      const now = windowBegins(57_000_000) + late;
      expect(admissionIn('#d=57000000.0123456789abcdef', now)).toEqual({ ...SHOWN, isOld: true });
    },
  );

  it.each(['#c=AAAA2222', '#d=57000000.0123456789abcdef', '#c=bad code'])(
    'no longer tells %s once it was read',
    (hash) => {
      const shown: unknown[] = [];
      const history = {
        state: 'as it was',
        replaceState: (...told: unknown[]) => void shown.push(told),
      };
      const location = { hash, pathname: '/s/K7RM3XAE', search: '' };
      takeAdmission({ location, history } as unknown as Window, 0);
      expect(shown).toEqual([['as it was', '', '/s/K7RM3XAE']]);
    },
  );
});

const OF_ONES_OWN = makeStaffCode(() => 5);

const found = (channel = channelOf('iit-2567')) => ({ state: 'found', channel }) as const;

/** A page that was opened by something; the same storage for a tab that was reloaded. */
async function arrived(by: Admission | null, storage: FakeStorage | null = new FakeStorage()) {
  const respondent = await createRespondent(storage);
  if (by) respondent.survey.arriveBy(by);
  await respondent.survey.open(found());
  return respondent;
}

/** What the one envelope says its person came in by. */
function sentBy({ outbox }: Awaited<ReturnType<typeof arrived>>): unknown {
  const [envelope] = outbox.kept.slice(-1);
  return envelope?.protocol === 3 ? JSON.parse(envelope.body).admission : null;
}

async function finish(respondent: Awaited<ReturnType<typeof arrived>>) {
  answerAll(respondent);
  await respondent.survey.send();
  return sentBy(respondent);
}

/** The same for somebody who had answered the first question before. */
async function finishTheRest(respondent: Awaited<ReturnType<typeof arrived>>) {
  respondent.survey.resume();
  questionsOf(found().channel)
    .slice(1)
    .forEach(() => respondent.tap(1));
  await respondent.survey.send();
  return sentBy(respondent);
}

describe('what a person came in by', () => {
  it('goes with the response', async () => {
    expect(await finish(await arrived(MINE))).toEqual(MINE);
    expect(await finish(await arrived(SHOWN))).toEqual(SHOWN);
    expect(await finish(await arrived(null))).toBeNull();
  });

  it('is not lost by a reload, before and after the first answer', async () => {
    const storage = new FakeStorage();
    await arrived(MINE, storage);
    const reloaded = await arrived(null, storage);
    expect(reloaded.place()).toBe('notice');
    reloaded.survey.next();
    reloaded.tap(1);
    const again = await arrived(null, storage);
    expect(again.place()).toBe('resume');
    expect(await finishTheRest(again)).toEqual(MINE);
  });

  it('is wiped with the answers, and the next person has none of it', async () => {
    const storage = new FakeStorage();
    const respondent = await arrived(MINE, storage);
    await finish(respondent);
    respondent.outbox.become({ isStored: true });
    expect(storage).toHaveLength(0);
    respondent.survey.startAnew();
    expect(await finish(respondent)).toBeNull();
  });

  it('is not given to whoever begins anew where somebody left', async () => {
    const storage = new FakeStorage();
    const left = await arrived(MINE, storage);
    left.survey.next();
    left.tap(1);
    const next = await arrived(null, storage);
    next.survey.startAnew();
    expect(await finish(next)).toBeNull();
  });

  it('shows nobody with another code what was answered before', async () => {
    const storage = new FakeStorage();
    const left = await arrived(MINE, storage);
    left.survey.next();
    left.tap(1);
    const next = await arrived(HERS, storage);
    expect(next.place()).toBe('notice');
    expect(await finish(next)).toEqual(HERS);
  });

  it('is what the display showed last for whoever goes on', async () => {
    const storage = new FakeStorage();
    const left = await arrived(SHOWN, storage);
    left.survey.next();
    left.tap(1);
    const back = await arrived(LATER, storage);
    expect(await finishTheRest(back)).toEqual(LATER);
  });

  it('is taken by a page that stays, and never in the middle of keeping a response', async () => {
    const respondent = await arrived(MINE, null);
    respondent.survey.arriveBy(HERS);
    await Promise.resolve();
    expect(respondent.place()).toBe('notice');
    answerAll(respondent);
    const sending = respondent.survey.send();
    respondent.survey.arriveBy(MINE);
    await sending;
    expect(respondent.place()).toBe('finished');
    expect(sentBy(respondent)).toEqual(HERS);
  });

  it('stays where the server tells of a channel that has changed since', async () => {
    const kept = channelOf('iit-2567', { state: 'closed' });
    const respondent = await createRespondent(null);
    respondent.remembered.set(kept.code, kept);
    respondent.channels.set(kept.code, found());
    respondent.survey.arriveBy(MINE);
    await respondent.survey.openCode(kept.code);
    expect(await finish(respondent)).toEqual(MINE);
  });
});

/** A page of a channel that asks for codes. */
async function asked(by: Admission | null, storage: FakeStorage | null = new FakeStorage()) {
  const respondent = await createRespondent(storage);
  if (by) respondent.survey.arriveBy(by);
  await respondent.survey.open(found(channelOf('iit-2567', { admission: 'code' })));
  return respondent;
}

const MY_SLIP: Admission = { by: 'code', code: OF_ONES_OWN };

describe('a channel that asks for a code of one’s own', () => {
  it('begins at once for whoever came with one', async () => {
    const respondent = await asked(MY_SLIP);
    expect(respondent.place()).toBe('notice');
    expect(await finish(respondent)).toEqual(MY_SLIP);
  });

  it.each([
    ['nothing', null, ''],
    ['the code of a display', SHOWN, ''],
    [
      'a slip of the finger',
      { by: 'code', code: `${OF_ONES_OWN.slice(0, 15)}A` } as const,
      `${OF_ONES_OWN.slice(0, 15)}A`,
    ],
  ])('asks whoever came with %s, before anything else', async (_, by, typed) => {
    const respondent = await asked(by);
    expect(respondent.survey.screen.value).toMatchObject({ kind: 'own-code', typed });
    respondent.survey.arriveBy(MY_SLIP);
    await Promise.resolve();
    expect(await finish(respondent)).toEqual(MY_SLIP);
  });

  it('asks the next person on the same device for theirs', async () => {
    const respondent = await asked(MY_SLIP);
    await finish(respondent);
    respondent.survey.startAnew();
    expect(respondent.place()).toBe('own-code');
  });

  it('keeps nothing of the code once the response is kept, but the envelope', async () => {
    const storage = new FakeStorage();
    const respondent = await asked(MY_SLIP, storage);
    expect(storage.getItem(storage.key(0) ?? '')).toContain(OF_ONES_OWN);
    await finish(respondent);
    expect(storage).toHaveLength(0);
    expect(JSON.stringify(respondent.history.entries)).not.toContain(OF_ONES_OWN);
    expect(JSON.stringify(respondent.survey.screen.value.kind)).toBe('"finished"');
  });

  it('is begun anew as open where the server says that it asks no more', async () => {
    const kept = channelOf('iit-2567', { admission: 'code' });
    const respondent = await createRespondent(null);
    respondent.remembered.set(kept.code, kept);
    respondent.channels.set(kept.code, found());
    await respondent.survey.openCode(kept.code);
    expect(respondent.place()).toBe('notice');
  });
});
