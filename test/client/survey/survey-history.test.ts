import { expect, it } from 'vitest';
import { createSurveyHistory } from '#client/survey/survey-history.ts';

/** A window whose history stands on an entry with this state, and is not moved. */
function windowAt(state: unknown, arrival = 1) {
  const history = {
    state,
    replaceState(next: unknown) {
      history.state = next;
    },
    pushState(next: unknown) {
      history.state = next;
    },
    go: () => undefined,
  };
  const performance = { navigation: { type: arrival } };
  return { history, performance, addEventListener: () => undefined } as unknown as Window;
}

it('leaves what else was noted at that entry for whoever reads it', () => {
  const window = windowAt({
    surveyEntry: { step: 'E6', depth: 7, reviewDepth: null },
    leftIn: 'my',
  });
  createSurveyHistory(window);
  expect(window.history.state).toEqual({ leftIn: 'my' });
  const begun = windowAt({ leftIn: 'my' });
  createSurveyHistory(begun);
  expect(begun.history.state).toEqual({ leftIn: 'my' });
});

it('takes what was noted along to the next entry', () => {
  const window = windowAt({ leftIn: 'my' });
  const entry = { step: 'E1', depth: 1, reviewDepth: null };
  createSurveyHistory(window).push(entry);
  expect(window.history.state).toEqual({ leftIn: 'my', surveyEntry: entry });
});

it('counts from the entry that a page came up on, so that nobody is led back to an earlier page', () => {
  const history = createSurveyHistory(
    windowAt({ surveyEntry: { step: 'E6', depth: 7, reviewDepth: 3 } }),
  );
  expect(history.current()).toEqual({ step: 'notice', depth: 0, reviewDepth: null });
});

it.each([
  [1, 'sent'],
  [2, 'sent'],
  [0, undefined],
])('knows of the thanks where a page came in way %i of the browser: %s', (arrival, told) => {
  const window = windowAt({ leftIn: 'my', thanked: 'sent' }, arrival);
  expect(createSurveyHistory(window).thanked()).toBe(told);
});
