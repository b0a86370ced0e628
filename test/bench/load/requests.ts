import type { Envelope } from '#core/contract/envelope.ts';

/** One device sends so many requests, then comes the next: servers limit them by address. */
const REQUESTS_PER_ADDRESS = 20;

/** As a proxy on this machine tells whose request it passes on; `device`: below 2 ** 24. */
export function addressOf(device: number): string {
  return `10.${(device >> 16) & 255}.${(device >> 8) & 255}.${device & 255}`;
}

/** A batch as it travels, every byte of it; `number`: of the request in the load, from 0. */
export function batchRequest(envelopes: readonly Envelope[], number: number): Buffer {
  const body = JSON.stringify({ envelopes });
  const head = [
    'POST /api/v1/batches HTTP/1.1',
    'host: 127.0.0.1',
    'content-type: application/json',
    'sucharit-protocol: 3',
    `x-forwarded-for: ${addressOf(Math.floor(number / REQUESTS_PER_ADDRESS))}`,
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
}

/** Null while the reply is not all there. */
export function readReply(text: string): { isOk: boolean; accepted: number } | null {
  const headEnd = text.indexOf('\r\n\r\n');
  if (headEnd < 0) return null;
  const length = /\r\ncontent-length: *(\d+)/i.exec(text.slice(0, headEnd + 2))?.[1];
  if (length === undefined) throw new Error(`a reply without its length: ${text.slice(0, 300)}`);
  if (text.length < headEnd + 4 + Number(length)) return null;
  return { isOk: text.startsWith('HTTP/1.1 200 '), accepted: text.split('"accepted"').length - 1 };
}
