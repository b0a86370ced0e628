import { deviceReportsReplySchema, deviceReportsSchema } from '#core/contract/device-report.ts';
import { createReportReceiver } from '../receiving/receive-device-reports.ts';
import { PROTOCOL_HEADER_FIELD } from './client-protocol.ts';
import type { AppEffects } from './effects.ts';
import { readJson } from './read-json.ts';
import type { Route } from './route.ts';

/** The most reports there can be, with every number and reason at its longest, have 60 KB. */
const MAX_REPORTS_BYTES = 64 * 1024;

export function deviceReportRoutes(effects: AppEffects): Route[] {
  const { standing } = effects;
  const receiveDeviceReports = createReportReceiver(effects);

  return [
    {
      method: 'POST',
      path: '/api/v1/device-reports',
      summary:
        'Keeps how many responses a device finished, sent and still has, channel by channel; those of unknown channels are left out',
      access: 'public',
      senders: 'any',
      headers: PROTOCOL_HEADER_FIELD,
      body: deviceReportsSchema,
      replies: { 200: deviceReportsReplySchema },
      problems: ['invalid-request', 'storage-unavailable'],
      async handle(context) {
        const { reports } = await readJson(context.req.raw, deviceReportsSchema, MAX_REPORTS_BYTES);
        await receiveDeviceReports(reports);
        return context.json(standing);
      },
    },
  ];
}
