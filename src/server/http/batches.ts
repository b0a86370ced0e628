import {
  batchOfUnknownsSchema,
  batchReplySchema,
  batchSchema,
  type BatchResult,
} from '#core/contract/batch.ts';
import {
  ADMITTED_PROTOCOL,
  MAX_BATCH_BYTES,
  MAX_BATCH_ENVELOPES,
  WORK_HEADER,
} from '#core/contract/protocol.ts';
import { type EnvelopeReading, readEnvelope } from '../receiving/read-envelope.ts';
import type { Reception } from '../receiving/reception.ts';
import { PROTOCOL_HEADER_FIELD, protocolOf } from './client-protocol.ts';
import type { AppContext, AppEffects } from './effects.ts';
import type { GuessLimit } from './guess-limit.ts';
import { ProblemError, WorkWantedError } from './problem-error.ts';
import { readJsonAsSent } from './read-json.ts';
import type { Route } from './route.ts';

/** A build that knows no codes waits no more where it hears that the server keeps its envelope. */
const forOldBuild = (result: BatchResult): BatchResult =>
  result.result === 'uncounted' ? { ...result, result: 'quarantined' } : result;

/** The codes that envelopes named and no channel has, each once. */
function unknownCodes(
  readings: readonly EnvelopeReading[],
  results: readonly BatchResult[],
): string[] {
  const codes = readings.flatMap((reading, place) => {
    const result = results[place];
    const isUnknown = result?.result === 'refused' && result.problem.code === 'channel-unknown';
    return isUnknown && reading.state === 'readable' ? [reading.envelope.channel] : [];
  });
  return [...new Set(codes)];
}

export function batchRoutes(
  { standing }: AppEffects,
  reception: Reception,
  countWrongGuess: GuessLimit,
): Route[] {
  const { receiveBatch, floodGate } = reception;

  /** A hundred codes are named in a batch: nobody finds one here more quickly than where channels are looked up. What was kept is a duplicate when it comes again. */
  async function refuseGuessing(context: AppContext, codes: readonly string[]): Promise<void> {
    for (const _ of codes) {
      const wait = await countWrongGuess(context);
      if (wait > 0) throw new ProblemError('too-many-requests', undefined, wait);
    }
  }

  return [
    {
      method: 'POST',
      path: '/api/v1/batches',
      summary:
        'Keeps finished responses; one result for each envelope, in order, after the commit is on disk',
      access: 'public',
      senders: 'any',
      headers: {
        ...PROTOCOL_HEADER_FIELD,
        [WORK_HEADER]: 'What work-wanted asked for, with the batch that it was asked for.',
      },
      body: batchSchema,
      replies: { 200: batchReplySchema },
      problems: [
        'malformed-json',
        'not-utf8',
        'invalid-request',
        'too-many-envelopes',
        'body-too-large',
        'work-wanted',
        'storage-unavailable',
      ],
      async handle(context) {
        const { envelopes } = await readJsonAsSent(
          context.req.raw,
          batchOfUnknownsSchema,
          MAX_BATCH_BYTES,
        );
        if (envelopes.length > MAX_BATCH_ENVELOPES) throw new ProblemError('too-many-envelopes');
        const readings = envelopes.map(readEnvelope);
        // As it was before: had a standby taken over behind the commit, without it, devices would take it for stored there.
        const asItWas = { ...standing };
        const done = context.req.header(WORK_HEADER);
        const admitted = await floodGate.pass(readings, done, receiveBatch);
        if (admitted.state === 'wanted') throw new WorkWantedError(admitted.wanted);
        const { results } = admitted;
        await refuseGuessing(context, unknownCodes(readings, results));
        const isOld = protocolOf(context.req.raw) < ADMITTED_PROTOCOL;
        return context.json({ ...asItWas, results: isOld ? results.map(forOldBuild) : results });
      },
    },
  ];
}
