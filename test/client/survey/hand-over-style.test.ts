import { expect, onTestFinished, test } from 'vitest';
import { handOverStyle } from '#client/survey/hand-over-style.ts';
import { precacheName } from '../../../src/worker/precache.ts';
import { enterWorkerScope, HOME } from '../../worker/worker-scope.ts';

const storage = enterWorkerScope();

const FILE = '/assets/survey-1.css';
const RULES = 'a > b { color: red }';

const pageWith = (style: object | null) =>
  ({ querySelector: () => style }) as unknown as Pick<Document, 'querySelector'>;
const styled = pageWith({ dataset: { file: FILE }, textContent: RULES });

test('the worker finds the page’s style sheet where it looks before it fetches', async () => {
  await handOverStyle(styled, storage.asStorage(), HOME);
  const kept = await (await storage.open(precacheName(`${HOME}/`))).match(FILE);
  expect(await kept?.text()).toBe(RULES);
  expect(kept?.headers.get('content-type')).toContain('text/css');
});

test('nothing happens where there is nothing to give, or no room', async () => {
  for (const name of await storage.keys()) await storage.delete(name);
  await handOverStyle(pageWith(null), storage.asStorage(), HOME);
  await handOverStyle(styled, undefined, HOME);
  expect(await storage.keys()).toEqual([]);
  storage.isFull = true;
  onTestFinished(() => {
    storage.isFull = false;
  });
  await expect(handOverStyle(styled, storage.asStorage(), HOME)).resolves.toBeUndefined();
});
