// What the journeys of sending and keeping look at and do in a page, in whichever browser it is and however it is driven.
import { batchSchema } from '#core/contract/batch.ts';
import { envelopeSchema, type Envelope } from '#core/contract/envelope.ts';
import { readRows, type PageReader } from './traces.ts';

/** What waits on the device, read from IndexedDB itself. */
export async function waitingEnvelopes(page: PageReader): Promise<Envelope[]> {
  const rows = await readRows(page);
  const waiting = (rows['sucharit/outbox'] ?? []) as { envelope: unknown }[];
  return waiting.map(({ envelope }) => envelopeSchema.parse(envelope));
}

/** From now on the page writes down what it sends and has a reply to. (Playwright does not see what Firefox posts.) */
export async function watchSending(page: PageReader): Promise<void> {
  await page.evaluate(async () => {
    const send = globalThis.fetch;
    const bodies: unknown[] = [];
    Object.assign(globalThis, { bodies });
    globalThis.fetch = async (address, request) => {
      const reply = await send(address, request);
      if (address === '/api/v1/batches') bodies.push(request?.body);
      return reply;
    };
  });
}

/** The batches that the page has had a reply to since it is watched, as often as it had one. */
export const sentBodies = async (page: PageReader): Promise<string[]> =>
  page.evaluate(async () => {
    const written: unknown = Reflect.get(globalThis, 'bodies');
    return Array.isArray(written) ? written.map(String) : [];
  });

/** What was in them. */
export async function sentEnvelopes(page: PageReader): Promise<Envelope[]> {
  const bodies = await sentBodies(page);
  return bodies
    .flatMap((body) => batchSchema.parse(JSON.parse(body)).envelopes)
    .map((envelope) => envelopeSchema.parse(envelope));
}

/**
 * The next batch reaches the server, and its reply never reaches the app: after `loseReply` the app hears what it hears of a
 * line that broke.
 */
export async function holdNextReply(page: PageReader): Promise<void> {
  await page.evaluate(async () => {
    const send = globalThis.fetch;
    globalThis.fetch = async (address, request) => {
      if (address !== '/api/v1/batches') return send(address, request);
      globalThis.fetch = send;
      await send(address, request);
      await new Promise((resolve) => {
        addEventListener('reply-lost', resolve, { once: true });
      });
      throw new TypeError('the reply was lost');
    };
  });
}

export async function loseReply(page: PageReader): Promise<void> {
  await page.evaluate(async () => dispatchEvent(new Event('reply-lost')));
}

/**
 * So long it may take until a page whose tries failed tries again by itself: as long again as they have failed, and that is long where a
 * machine is busy.
 */
export const BY_ITSELF = { timeout: 60_000 };

/**
 * What a browser tells a page when the network is back. Without it the next try may be as far off as the server was away, which takes
 * long where a machine is busy.
 */
export async function tellOfNetwork(page: PageReader): Promise<void> {
  await page.evaluate(async () => dispatchEvent(new Event('online')));
}
