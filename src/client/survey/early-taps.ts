// What is tapped in the page that the server rendered while the scripts are there but have not taken it over yet.

/** An answer or a language that somebody ticked. */
const TICKED = 'input[type=radio]:checked:not([checked])';

export interface EarlyTaps {
  /** Comes when nobody feels that the page is busy, or when somebody waits for the scripts. */
  readonly moment: Promise<void>;
  /** Hands to the app, which hears all from now on, what it has not heard. `answer`: the ticked one, in the app's own screen. */
  end(answer: Element | null): void;
}

/** `whenQuiet`: behind the paint of what was ticked, or after a while without a touch. */
export function hearEarlyTaps(whenQuiet: (act: () => void) => void): EarlyTaps {
  let pressed: HTMLElement | null = null;
  let isByKeys = false;
  let hear: (event: MouseEvent) => void;
  // They led nowhere without the scripts; by now they do, a little later.
  for (const button of document.querySelectorAll('button')) button.disabled = false;
  const moment = new Promise<void>((resolve) => {
    hear = (event) => {
      const target = event.target as Element;
      // Arrow keys tick one answer after the other: whoever uses them goes on by a key as well.
      if (target.closest('.choices')) isByKeys = event.detail === 0;
      const button = target.closest('button');
      if (!button) return;
      event.preventDefault();
      pressed = button;
      resolve();
    };
    addEventListener('click', hear, true);
    if (document.querySelector(TICKED)) resolve();
    else whenQuiet(resolve);
  });
  return {
    moment,
    end(answer) {
      removeEventListener('click', hear, true);
      // Once more, for the app: it is ticked already, and the next question comes when it was seen.
      if (!isByKeys) answer?.dispatchEvent(new MouseEvent('click', { detail: 1 }));
      pressed?.click();
    },
  };
}
