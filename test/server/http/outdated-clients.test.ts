import { describe, expect, test } from 'vitest';
import { PROTOCOL_HEADER } from '#core/contract/protocol.ts';
import {
  DRAFT,
  EIT,
  envelope,
  IIT,
  MORE_INSTRUMENTS,
  NEXT_IIT,
  response,
} from '../support/fixtures.ts';
import { createTestServer, problemIn } from '../support/test-server.ts';

async function officeChannel() {
  const server = await createTestServer();
  return { ...server, ...(await server.createChannel(IIT.id)) };
}

describe('a build that is too old to talk to the server', () => {
  test.each([
    ['says so', { [PROTOCOL_HEADER]: '2' }],
    ['says nothing', {}],
    ['says what nobody can read', { [PROTOCOL_HEADER]: '9 or so' }],
    ['says less than nothing', { [PROTOCOL_HEADER]: '-9' }],
  ])('and %s is told that it is outdated, and nothing is kept', async (_, headers) => {
    const { replaceBuild, sendBatch, storage, code } = await officeChannel();
    replaceBuild({ minimumClientProtocol: 3 });
    const reply = await sendBatch([envelope(1, code)], headers);
    expect(await problemIn(reply)).toBe('426 outdated-client');
    expect(await storage.countResponses([code])).toEqual(new Map());
  });

  test('is taken again as soon as it is updated, with what it had kept', async () => {
    const { replaceBuild, sendBatch, code } = await officeChannel();
    replaceBuild({ minimumClientProtocol: 3 });
    const kept = { ...envelope(1, code), protocol: 1 };
    expect((await sendBatch([kept], { [PROTOCOL_HEADER]: '2' })).status).toBe(426);
    const reply = await sendBatch([kept], { [PROTOCOL_HEADER]: '3' });
    expect((await reply.json()).results).toEqual([{ id: kept.id, result: 'accepted' }]);
  });

  test('is only told by what devices send: an admin’s page asks as before', async () => {
    const { replaceBuild, ask } = await officeChannel();
    replaceBuild({ minimumClientProtocol: 3 });
    expect((await ask('GET', '/api/v1/assessments')).status).toBe(200);
  });
});

test('a build that says nothing, or is newer than the server, is taken', async () => {
  const { sendBatch, code } = await officeChannel();
  for (const headers of [{}, { [PROTOCOL_HEADER]: '1' }, { [PROTOCOL_HEADER]: '999' }])
    expect((await sendBatch([envelope(1, code)], headers)).status).toBe(200);
});

test('a questionnaire stays accepted when the build brings a later version of it', async () => {
  const server = await createTestServer();
  server.replaceBuild({ instruments: MORE_INSTRUMENTS });
  const instruments = [IIT.id, EIT.id, NEXT_IIT.id];
  const { channels } = await server.createAssessment({ ...DRAFT, instruments });
  const codeOf = (id: string) => channels.find(({ instrument }) => instrument === id)?.code ?? '';
  const results = await server.resultsOf([
    envelope(1, codeOf(IIT.id), response(IIT)),
    envelope(2, codeOf(NEXT_IIT.id), response(NEXT_IIT)),
    envelope(3, codeOf(NEXT_IIT.id), response(IIT)),
  ]);
  expect(results).toMatchObject([
    { result: 'accepted' },
    { result: 'accepted' },
    { result: 'refused', problem: { code: 'instrument-mismatch' } },
  ]);
});
