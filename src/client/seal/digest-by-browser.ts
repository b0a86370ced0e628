import { toHex, utf8Of } from '#core/bytes.ts';

const loadLibrary = async () => import('#core/contract/digest.ts');

/** Missing on plain HTTP, whatever the types say. */
const found = (): SubtleCrypto | undefined => crypto.subtle;

// Only there the library is needed: fetched ahead, because the network may be gone when somebody presses Send.
if (!found()) loadLibrary().catch(() => undefined);

/**
 * SHA-256 of a text's UTF-8 bytes as 64 lower-case hex digits: core's digestOf, by the browser where it has WebCrypto. Rejects where
 * it hides that and the library cannot be fetched.
 */
export async function digestByBrowser(text: string): Promise<string> {
  const subtle = found();
  if (!subtle) return (await loadLibrary()).digestOf(text);
  return toHex(new Uint8Array(await subtle.digest('SHA-256', utf8Of(text))));
}
