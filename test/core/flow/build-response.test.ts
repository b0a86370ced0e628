import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { responseSchema } from '#core/contract/response.ts';
import { buildResponse } from '#core/flow/build-response.ts';
import { answerField, emptyDraft } from '#core/flow/draft.ts';
import { questionsOf, stepName, unanswered } from '#core/flow/steps.ts';
import { reachableStep, stepAfter } from '#core/flow/walk.ts';
import { checkResponse } from '#core/instruments/check-response.ts';
import { answer, channelOf, completedDraft } from './channels.ts';

const SEED = 20251;
const finishing = { language: 'my', day: '2025-06-30', timings: {} } as const;

const channels = fc.record({
  instrument: fc.constantFrom('iit-2567' as const, 'eit-2567' as const),
  department: fc.constantFrom(null, 1, 6),
  service: fc.constantFrom(null, 1, 2, 3, 4, 5, 6),
});

describe('the finished response', () => {
  it('holds every item and every field, also those the channel answered', () => {
    const channel = channelOf('eit-2567', { department: 6, service: 3 });
    expect(buildResponse(channel, completedDraft(channel, 2), finishing)).toEqual({
      instrument: 'eit-2567',
      language: 'my',
      answers: { E1: 2, E2: 2, E3: 2, E4: 2, E5: 2, E6: 2 },
      respondent: {
        service: 3,
        age: 2,
        gender: 2,
        job: 2,
        p1: 2,
        p2: 2,
        p4: 2,
        department: 6,
      },
      day: '2025-06-30',
      quality: ['too-fast'],
    });
  });

  it('holds null where the person would rather not say', () => {
    const channel = channelOf('iit-2567');
    const draft = answerField(completedDraft(channel), channel, 'age', null);
    expect(buildResponse(channel, draft, finishing).respondent['age']).toBeNull();
  });

  it('is not made of a draft with an open question', () => {
    const channel = channelOf('iit-2567');
    expect(() => buildResponse(channel, emptyDraft(channel), finishing)).toThrow('I1');
  });

  it('holds nothing of the timings but the flag', () => {
    const channel = channelOf('iit-2567');
    const timings = { I1: 31_337_000 };
    const response = buildResponse(channel, completedDraft(channel), { ...finishing, timings });
    expect(JSON.stringify(response)).not.toContain('31337');
  });
});

describe('any walk from the notice forward', () => {
  it('asks each question once, in order, and ends in a response that the server accepts', () => {
    fc.assert(
      fc.property(channels, fc.infiniteStream(fc.nat()), ({ instrument, ...fixed }, choices) => {
        const channel = channelOf(instrument, fixed);
        let draft = emptyDraft(channel);
        let step = stepAfter(channel, draft, { kind: 'notice' }, false);
        const asked: string[] = [];
        while (step.kind === 'item' || step.kind === 'field') {
          asked.push(stepName(step));
          draft = answer(channel, draft, step, optionFor(channel, step, choices.next().value));
          step = stepAfter(channel, draft, step, false);
        }
        expect(asked).toEqual(questionsOf(channel).map(stepName));
        const response = responseSchema.parse(buildResponse(channel, draft, finishing));
        const departments = new Set(channel.departments.map(({ number }) => number));
        expect(checkResponse(response, channel.instrument, departments)).toBeNull();
      }),
      { seed: SEED },
    );
  });

  it('never leads past an open question, wherever a history entry points', () => {
    fc.assert(
      fc.property(channels, fc.nat(20), fc.nat(20), ({ instrument, ...fixed }, done, target) => {
        const channel = channelOf(instrument, fixed);
        const questions = questionsOf(channel);
        const draft = questions
          .slice(0, done)
          .reduce((sofar, question) => answer(channel, sofar, question, 1), emptyDraft(channel));
        const wanted = questions[target % questions.length];
        if (!wanted) throw new Error('a channel without questions');
        const reached = reachableStep(channel, draft, stepName(wanted));
        const before = questions.slice(
          0,
          questions.findIndex((q) => stepName(q) === stepName(reached)),
        );
        expect(unanswered(before, draft)).toEqual([]);
      }),
      { seed: SEED },
    );
  });
});

function optionFor(
  channel: ReturnType<typeof channelOf>,
  question: ReturnType<typeof questionsOf>[number],
  choice: number,
): number {
  if (question.kind === 'item') {
    const points = channel.instrument.scales[question.item.scale]?.points ?? [];
    return (choice % points.length) + 1;
  }
  const { options } = question.field;
  if (options !== 'departments') return (choice % options) + 1;
  return channel.departments[choice % channel.departments.length]?.number ?? 0;
}
