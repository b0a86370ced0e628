import { describe, expect, it } from 'vitest';
import { answerField, answerItem, emptyDraft } from '#core/flow/draft.ts';
import { stepName, stepsOf } from '#core/flow/steps.ts';
import { progressAt, reachableStep, stepAfter, stepBefore } from '#core/flow/walk.ts';
import { wordingOf } from '#core/flow/wording.ts';
import { channelOf, completedDraft } from './channels.ts';

const I = Array.from({ length: 12 }, (_, index) => `I${index + 1}`);
const E = Array.from({ length: 6 }, (_, index) => `E${index + 1}`);
const ABOUT_VISITOR = ['age', 'gender', 'job', 'p1', 'p2', 'p4'];
const ABOUT_STAFF = ['age', 'position', 'gender', 'workyear'];

describe('the steps of a questionnaire', () => {
  it.each([
    ['the IIT of the whole office', channelOf('iit-2567'), [...I, ...ABOUT_STAFF, 'department']],
    ['the IIT of a department', channelOf('iit-2567', { department: 6 }), [...I, ...ABOUT_STAFF]],
    [
      'the EIT of the whole office',
      channelOf('eit-2567'),
      ['service', ...E, ...ABOUT_VISITOR, 'department'],
    ],
    [
      'the EIT of a department and a service',
      channelOf('eit-2567', { department: 1, service: 2 }),
      [...E, ...ABOUT_VISITOR],
    ],
    [
      'the EIT of an office without departments',
      channelOf('eit-2567', { service: 2, departments: [] }),
      [...E, ...ABOUT_VISITOR],
    ],
  ])('ask %s what it does not know yet', (_, channel, questions) => {
    expect(stepsOf(channel).map(stepName)).toEqual(['notice', ...questions, 'review']);
  });

  it('count only the questions in the progress', () => {
    const channel = channelOf('eit-2567', { department: 1, service: 2 });
    const places = stepsOf(channel).map((step) => progressAt(channel, step));
    expect(places[0]).toEqual({ place: 0, of: 12 });
    expect(places[3]).toEqual({ place: 3, of: 12 });
    expect(places.at(-1)).toEqual({ place: 12, of: 12 });
  });
});

describe('walking through a questionnaire', () => {
  const channel = channelOf('iit-2567', { department: 6 });
  const steps = stepsOf(channel);

  it('goes forward and back one step at a time and stays at the ends', () => {
    const draft = completedDraft(channel);
    steps.forEach((step, index) => {
      const after = steps[Math.min(index + 1, steps.length - 1)];
      const before = steps[Math.max(index - 1, 0)];
      expect(stepAfter(channel, draft, step, false)).toEqual(after);
      expect(stepBefore(channel, step)).toEqual(before);
    });
  });

  it('lets nobody past a question that is not answered', () => {
    const draft = answerItem(emptyDraft(channel), 'I1', 4);
    expect(stepName(reachableStep(channel, draft, 'review'))).toBe('I2');
    expect(stepName(reachableStep(channel, draft, 'I2'))).toBe('I2');
    expect(stepName(reachableStep(channel, draft, 'I1'))).toBe('I1');
  });

  it('takes "would rather not say" for an answer', () => {
    const complete = completedDraft(channel);
    const draft = answerField(complete, channel, 'age', null);
    expect(stepName(reachableStep(channel, draft, 'review'))).toBe('review');
  });

  it('leads a name that is not of the questionnaire to the notice', () => {
    expect(stepName(reachableStep(channel, completedDraft(channel), 'E1'))).toBe('notice');
  });
});

describe('changing an answer from the review', () => {
  const channel = channelOf('eit-2567');
  const complete = completedDraft(channel, 2);
  const step = (name: string) => reachableStep(channel, complete, name);

  it('returns to the review', () => {
    const draft = answerItem(complete, 'E1', 6);
    expect(stepName(stepAfter(channel, draft, step('E1'), true))).toBe('review');
  });

  it('asks E3 again when the kind of service is another, for it is another question now', () => {
    const draft = answerField(complete, channel, 'service', 4);
    expect(draft.answers).not.toHaveProperty('E3');
    expect(draft.answers).toHaveProperty('E2', 2);
    const next = stepAfter(channel, draft, step('service'), true);
    expect(stepName(next)).toBe('E3');
    expect(stepName(stepAfter(channel, answerItem(draft, 'E3', 1), next, true))).toBe('review');
  });

  it('keeps the answer to E3 when the same kind of service is chosen again', () => {
    const draft = answerField(complete, channel, 'service', 2);
    expect(draft.answers).toEqual(complete.answers);
  });
});

describe('the wording of an item', () => {
  const e3 = channelOf('eit-2567').instrument.items.find(({ code }) => code === 'E3');
  const e1 = channelOf('eit-2567').instrument.items.find(({ code }) => code === 'E1');
  if (!e1 || !e3) throw new Error('the EIT has no E1 or no E3');

  it.each([1, 2, 3, 4, 5, 6])('is that for service %i where the channel says so', (service) => {
    const channel = channelOf('eit-2567', { service });
    expect(wordingOf(e3, emptyDraft(channel))).toEqual({
      kind: 'by',
      field: 'service',
      option: service,
    });
  });

  it('is that for the service that the person chose', () => {
    const channel = channelOf('eit-2567');
    const draft = answerField(emptyDraft(channel), channel, 'service', 5);
    expect(wordingOf(e3, draft)).toEqual({ kind: 'by', field: 'service', option: 5 });
  });

  it('is the general one where nothing decides, and for items that have one wording', () => {
    const channel = channelOf('eit-2567');
    const silent = answerField(emptyDraft(channel), channel, 'service', null);
    expect(wordingOf(e3, silent)).toEqual({ kind: 'general' });
    expect(wordingOf(e3, emptyDraft(channel))).toEqual({ kind: 'general' });
    expect(wordingOf(e1, completedDraft(channel))).toEqual({ kind: 'general' });
  });
});
