// What is looked at on a page, whatever it shows. Each look says what it found wrong; nothing = all is well.
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const CONTRAST = 'color-contrast';
const NARROWEST = { width: 320, height: 640 };
const PHONE = { width: 360, height: 740 };
/** The smallest side of what a finger has to hit, in CSS pixels. */
const TARGET = 48;
const CONTROLS = 'a[href], button, input, select, textarea, summary';

/** Without a list of all that is well, which takes longer to write down than all of it to look at. */
const axeOn = (page: Page) => new AxeBuilder({ page }).options({ resultTypes: ['violations'] });

async function violationsOf(axe: AxeBuilder): Promise<string[]> {
  const { violations } = await axe.setLegacyMode().analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/** What axe finds against WCAG 2.2 AA on the page as it stands. */
export async function accessibility(page: Page): Promise<string[]> {
  return violationsOf(axeOn(page).withTags(WCAG));
}

/** The same but for the contrast, the slowest of the rules: colours are the same in every language. */
export async function accessibilityButContrast(page: Page): Promise<string[]> {
  return violationsOf(axeOn(page).withTags(WCAG).disableRules([CONTRAST]));
}

/** Colours on their way from light to dark are of neither. */
async function colorsArrived(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await Promise.allSettled(document.getAnimations().map(async ({ finished }) => finished));
  });
}

/** The contrast in the dark: nothing but the colours differs from the light. */
export async function darkContrast(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'dark' });
  await colorsArrived(page);
  const found = await violationsOf(axeOn(page).withRules([CONTRAST]));
  await page.emulateMedia({ colorScheme: null });
  await colorsArrived(page);
  return found.map((told) => `in the dark: ${told}`);
}

/** Whether the page has to be scrolled sideways at 320 px. */
export async function narrowness(page: Page): Promise<string[]> {
  const before = page.viewportSize();
  await page.setViewportSize(NARROWEST);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  if (before) await page.setViewportSize(before);
  return width > NARROWEST.width ? [`${width} px wide at ${NARROWEST.width} px`] : [];
}

/** Does something in letters twice as large, as somebody sets them in the browser who sees badly; `media` of a style in rem know of it. */
export async function inLargeLetters<Result>(
  page: Page,
  act: () => Promise<Result>,
): Promise<Result> {
  const browser = await page.context().newCDPSession(page);
  await browser.send('Page.setFontSizes', { fontSizes: { standard: 32 } });
  const result = await act();
  await browser.send('Page.setFontSizes', { fontSizes: { standard: 16 } });
  await browser.detach();
  return result;
}

/** Whether the page has to be scrolled sideways in letters twice as large: set in the browser, or by a style, of which `media` knows nothing. */
export async function largeLetters(page: Page): Promise<string[]> {
  const measured = () =>
    page.evaluate(() => {
      const { clientWidth, scrollWidth } = document.documentElement;
      const { fontSize } = getComputedStyle(document.documentElement);
      return { clientWidth, scrollWidth, fontSize };
    });
  const style = (size: string) =>
    page.evaluate((value) => {
      document.documentElement.style.fontSize = value;
    }, size);
  const before = page.viewportSize() ?? PHONE;
  const bySetting = [await inLargeLetters(page, measured)];
  await style('200%');
  const byStyle = await measured();
  await style('');
  if (before.width > PHONE.width) {
    await page.setViewportSize(PHONE);
    bySetting.push(await inLargeLetters(page, measured));
    await page.setViewportSize(before);
  }
  return [...bySetting, byStyle].flatMap(({ clientWidth, scrollWidth, fontSize }) =>
    fontSize !== '32px' || scrollWidth > clientWidth
      ? [`${scrollWidth} px wide at ${clientWidth} px in letters of ${fontSize}`]
      : [],
  );
}

/** What is smaller than a finger. What lies in a label is as large as the label, and so is what nobody sees but by its label. */
export async function touchTargets(page: Page): Promise<string[]> {
  return page.evaluate(
    ({ controls, target }) =>
      [...document.querySelectorAll<HTMLElement>(controls)].flatMap((control) => {
        const labels = control.matches('input.visually-hidden')
          ? [...((control as HTMLInputElement).labels ?? [])]
          : [];
        const touched =
          control.closest('label') ?? labels.find((label) => label.checkVisibility()) ?? control;
        const { width, height } = touched.getBoundingClientRect();
        if (!control.checkVisibility() || Math.min(width, height) >= target) return [];
        return [
          `${control.outerHTML.slice(0, 120)} is ${Math.round(width)} x ${Math.round(height)}`,
        ];
      }),
    { controls: CONTROLS, target: TARGET },
  );
}

/** Presses Tab until the focus leaves a field for a day, in which it stops at each of its parts. */
async function tabOutOfDay(page: Page): Promise<void> {
  const dayField = await page.evaluateHandle(() => document.activeElement);
  do await page.keyboard.press('Tab');
  while (await dayField.evaluate((field) => field === document.activeElement));
  await dayField.dispose();
}

/** What Tab does not reach in the order of the page, or what does not show that it has the focus. */
export async function keyboard(page: Page): Promise<string[]> {
  const expected = await page.evaluate((controls) => {
    document.body.tabIndex = -1;
    document.body.focus();
    // Of a group of radio buttons Tab reaches the chosen one.
    const reachable = [...document.querySelectorAll<HTMLElement>(controls)].filter(
      (control) =>
        control.checkVisibility() && !control.matches(':disabled, [type="radio"]:not(:checked)'),
    );
    return reachable.map((control) => control.outerHTML);
  }, CONTROLS);
  const problems: string[] = [];
  let isInDay = false;
  for (const control of expected) {
    await (isInDay ? tabOutOfDay(page) : page.keyboard.press('Tab'));
    const reached = await page.evaluate(() => {
      const focused = document.activeElement;
      // A radio button or a checkbox that is drawn by the words beside it shows its focus there.
      const places = [focused, focused?.nextElementSibling, focused?.parentElement];
      const isSeen = places.some((place) => {
        if (!place) return false;
        const { outlineStyle, outlineWidth } = getComputedStyle(place);
        return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
      });
      const isDay = focused instanceof HTMLInputElement && focused.type === 'date';
      return { html: focused?.outerHTML ?? '', isSeen, isDay };
    });
    isInDay = reached.isDay;
    if (reached.html !== control) problems.push(`Tab reached ${reached.html}, not ${control}`);
    else if (!reached.isSeen) problems.push(`no focus to see on ${control}`);
  }
  return problems;
}
