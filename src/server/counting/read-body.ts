import { type Response, responseSchema } from '#core/contract/response.ts';

/** The response in a stored body; null for what is none, as after damage: one such row must not hold up all others. */
export function readBody(body: string): Response | null {
  try {
    return responseSchema.parse(JSON.parse(body));
  } catch {
    return null;
  }
}
