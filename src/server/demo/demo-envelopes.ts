import type { Assessment, ChannelSummary } from '#core/contract/assessment.ts';
import type { Envelope } from '#core/contract/envelope.ts';
import { plainEnvelope } from '#core/contract/make-envelope.ts';
import type { Response } from '#core/contract/response.ts';
import { sha256 } from '../sha256.ts';
import { DemoProblem } from './demo-problem.ts';

/** A UUID v4 that is the same every time for the same seed, so that a second run sends the same envelopes. */
export function seededUuid(seed: string): string {
  const digits = sha256(seed);
  const variant = '89ab'.charAt(Number.parseInt(digits.charAt(16), 16) % 4);
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    `${variant}${digits.slice(17, 20)}`,
    digits.slice(20, 32),
  ].join('-');
}

/**
 * Each response in its envelope, addressed to the channel of its department. The ids belong to the assessment: another
 * assessment gets its own.
 *
 * @throws DemoProblem where the assessment has no channel for a department of the report
 */
export function demoEnvelopes(
  assessment: Assessment,
  channels: readonly ChannelSummary[],
  responses: readonly Response[],
): Envelope[] {
  return responses.map((response, place) => {
    const department = response.respondent['department'];
    const channel = channels.find(
      (candidate) =>
        candidate.instrument === response.instrument && candidate.department === department,
    );
    if (!channel)
      throw new DemoProblem(
        `The assessment has no channel of ${response.instrument} for department ${department}: give it the departments of the template again.`,
      );
    const id = seededUuid(`${assessment.id} ${response.instrument} ${place}`);
    return plainEnvelope(id, channel.code, response);
  });
}
