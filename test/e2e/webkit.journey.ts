// Sending and keeping in WebKitGTK, the engine of iPhones as far as Debian has it. It is driven through its WebDriver,
// which gives it a fresh profile each time: that answers outlive the browser is shown in Chromium.
import { untilReadyForOffline } from './support/device.ts';
import { expect, test as journey } from './support/journey.ts';
import {
  holdNextReply,
  loseReply,
  sentEnvelopes,
  tellOfNetwork,
  waitingEnvelopes,
  watchSending,
} from './support/sending.ts';
import { asStored, storedEnvelopes, storedResponses } from './support/stored-responses.ts';
import { WebKit } from './support/webkit-driver.ts';
import { WebKitVisitor } from './support/webkit-visitor.ts';

const EIT = 'eit-2567';

const ABOUT = { age: null, gender: null, job: null, p1: null, p2: null, p4: null };
const ANSWERS = { service: 2, E1: 6, E2: 6, E3: 2, E4: 5, E5: 5, E6: 5, ...ABOUT };

const test = journey.extend<{ visitor: WebKitVisitor }>({
  visitor: async ({ office, complaints }, use) => {
    const webKit = await WebKit.start();
    try {
      await use(new WebKitVisitor(webKit, office.channel(EIT, 1)));
      complaints.heard.push(...(await webKit.complaints()));
    } finally {
      await webKit.stop();
    }
  },
});

const nothingWaits = ({ webKit }: WebKitVisitor) =>
  expect.poll(async () => waitingEnvelopes(webKit), { message: 'nothing waits' }).toEqual([]);

test('WebKit: what is sent online is held once, as it left the device', async ({
  visitor,
  office,
  server,
}) => {
  const { webKit } = visitor;
  await visitor.scan();
  await expect.poll(async () => webKit.evaluate(async () => innerWidth)).toBe(360);
  await watchSending(webKit);
  await visitor.answerAndSend(ANSWERS);
  await visitor.isTold('sent');
  const sent = await sentEnvelopes(webKit);
  expect(sent).toHaveLength(1);
  expect(await storedEnvelopes(server)).toEqual(await asStored(server, sent));
  const { service, E1, E2, E3, E4, E5, E6 } = ANSWERS;
  expect(await storedResponses(server)).toMatchObject([
    { answers: { E1, E2, E3, E4, E5, E6 }, respondent: { ...ABOUT, service } },
  ]);
  expect(await office.received(EIT)).toBe(1);
  await nothingWaits(visitor);
});

test('WebKit: what is answered while the server is down survives its page and is sent once', async ({
  visitor,
  server,
}) => {
  const { webKit } = visitor;
  await visitor.scan();
  await untilReadyForOffline(webKit);
  await server.stop();
  await visitor.answerAndSend(ANSWERS);
  await visitor.isTold('kept');
  const waiting = await waitingEnvelopes(webKit);
  expect(waiting).toHaveLength(1);
  expect(await webKit.complaints()).toEqual([]);

  await visitor.scan();
  expect(await waitingEnvelopes(webKit)).toEqual(waiting);
  await server.start();
  await tellOfNetwork(webKit);
  await expect.poll(async () => storedEnvelopes(server)).toEqual(await asStored(server, waiting));
  await nothingWaits(visitor);
});

test('WebKit: a reply that is lost with the power doubles nothing', async ({
  visitor,
  office,
  server,
}) => {
  const { webKit } = visitor;
  await visitor.scan();
  await holdNextReply(webKit);
  await visitor.answerAndSend(ANSWERS);
  await expect.poll(async () => storedEnvelopes(server)).toHaveLength(1);
  await server.stop('SIGKILL');
  await loseReply(webKit);
  await visitor.isTold('kept');
  expect(await asStored(server, await waitingEnvelopes(webKit))).toEqual(
    await storedEnvelopes(server),
  );
  await server.start();
  await tellOfNetwork(webKit);
  await visitor.isTold('sent');
  expect(await storedEnvelopes(server)).toHaveLength(1);
  await nothingWaits(visitor);
  const { conflicts, quarantined } = await office.participation();
  expect({ conflicts, quarantined }).toEqual({ conflicts: 0, quarantined: 0 });
});
