import { expect, test } from 'vitest';
import { responseSchema } from '#core/contract/response.ts';
import { RESPONSE_PARTS } from '#core/privacy/stored.ts';

test('what the privacy page says of the answers is all that a response has', () => {
  expect([...RESPONSE_PARTS].toSorted()).toEqual(Object.keys(responseSchema.shape).toSorted());
});
