import { toHex, utf8Of } from '../bytes.ts';
import { canonicalJson } from '../contract/canonical-json.ts';

export interface SealedBody {
  /** The key's number; from 1. */
  key: number;
  encapsulated: Uint8Array<ArrayBuffer>;
  ciphertext: Uint8Array<ArrayBuffer>;
}

/** The body's text; canonical, as every body. */
export function writeSealedBody({ key, encapsulated, ciphertext }: SealedBody): string {
  return canonicalJson({
    ciphertext: toHex(ciphertext),
    encapsulated: toHex(encapsulated),
    key,
  });
}

/** What is sealed along without being hidden: a body that is put into another envelope does not open. */
export function boundTo(id: string, channel: string): Uint8Array<ArrayBuffer> {
  return utf8Of(`${id} ${channel}`);
}
