import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const style = (name: string) =>
  readFileSync(new URL(`../../../src/client/${name}`, import.meta.url), 'utf8');

const CHARTS = style('admin/styles/charts.css');
const TOKENS = style('ui/tokens.css');
const STEPS = [1, 2, 3, 4, 5, 6];

function namedIn(part: string): [string, string][] {
  return [...part.matchAll(/--([\w-]+): (#\w{6});/g)].map(([, name = '', color = '']) => [
    name,
    color,
  ]);
}

/** The colours that a style sheet names, in the light or with what the dark changes. */
function colors(sheet: string, isDark: boolean): Map<string, string> {
  const [light = '', dark = ''] = sheet.split('prefers-color-scheme: dark');
  const [changed = ''] = dark.split('@media');
  return new Map([...namedIn(light), ...(isDark ? namedIn(changed) : [])]);
}

/** As WCAG counts it. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

test.each([
  { name: 'in the light', isDark: false, onDark: [1, 2, 3] },
  { name: 'in the dark', isDark: true, onDark: [1] },
])('the worst answers are seen and every share is read $name', ({ isDark, onDark }) => {
  const chart = colors(CHARTS, isDark);
  const color = (name: string) => chart.get(name) ?? '';
  const surface = colors(TOKENS, isDark).get('surface') ?? '';
  expect(contrast(color('step-1'), surface)).toBeGreaterThan(3);
  const light = STEPS.map((step) => luminance(color(`step-${step}`)));
  expect(light).toEqual([...light].sort((a, b) => a - b));
  for (const step of STEPS) {
    const words = color(onDark.includes(step) ? 'on-dark-step' : 'on-light-step');
    expect(contrast(color(`step-${step}`), words), `step ${step}`).toBeGreaterThan(4.5);
  }
});
