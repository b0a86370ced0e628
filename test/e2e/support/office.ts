import type { APIRequestContext } from '@playwright/test';
import type {
  Assessment,
  AssessmentDraft,
  ChannelChange,
  ChannelSummary,
} from '#core/contract/assessment.ts';
import type { MadeKiosk } from '#core/contract/kiosk.ts';
import type { Measure } from '#core/contract/measures.ts';
import type { Life } from '#core/contract/life.ts';
import type { Participation } from '#core/contract/participation.ts';
import type { Scores } from '#core/contract/scores.ts';
import type { MadeStaffCodes } from '#core/contract/staff-codes.ts';
import type { ServerProcess } from './server.ts';

export const ADMIN = { name: 'somsri', password: 'ratchaphruek-baan-2568' };

/** What an office does about an item, late since the end of January 2568. */
export const MEASURE: Measure = {
  id: '00000000-0000-4000-8000-000000000701',
  about: { type: 'item', item: 'I1' },
  action: 'ติดป้ายขั้นตอนและเวลาที่จุดบริการ',
  steps: 'ออกแบบ\nติดป้าย',
  responsible: 'ฝ่ายโยธา',
  from: '2024-12-01',
  until: '2025-01-31',
  followUp: 'ถ่ายภาพทุกเดือน',
  state: 'under-way',
  result: '',
};

/** An office that is set up: an admin, an assessment from the template, its channels; through the real API. */
export class Office {
  readonly request: APIRequestContext;
  readonly server: ServerProcess;
  readonly assessment: Assessment;
  readonly channels: readonly ChannelSummary[];

  constructor(
    request: APIRequestContext,
    server: ServerProcess,
    assessment: Assessment,
    channels: readonly ChannelSummary[],
  ) {
    this.request = request;
    this.server = server;
    this.assessment = assessment;
    this.channels = channels;
  }

  static async open(request: APIRequestContext, server: ServerProcess): Promise<Office> {
    const api = `${server.publicUrl}/api/v1`;
    const token = new URL(server.setUpLink).searchParams.get('token');
    const post = async (path: string, data: unknown) => {
      const reply = await request.post(`${api}/${path}`, {
        data,
        headers: { origin: server.publicUrl },
      });
      if (reply.status() !== 201)
        throw new Error(`${path}: ${reply.status()} ${await reply.text()}`);
      return reply.json();
    };
    await post('set-up', { token, ...ADMIN });
    const { templates } = await (await request.get(`${api}/templates`)).json();
    const assessment = await post('assessments', templates[0].draft);
    const listed = await request.get(`${api}/assessments/${assessment.id}/channels`);
    return new Office(request, server, assessment, (await listed.json()).channels);
  }

  channel(instrument: string, department: number | null): ChannelSummary {
    const found = this.channels.find(
      (channel) => channel.instrument === instrument && channel.department === department,
    );
    if (!found) throw new Error(`no channel for ${instrument} and department ${department}`);
    return found;
  }

  /** What an admin changes about a channel; returns it as it is then. */
  async change(channel: ChannelSummary, change: ChannelChange): Promise<ChannelSummary> {
    const reply = await this.request.patch(
      `${this.server.publicUrl}/api/v1/assessments/${this.assessment.id}/channels/${channel.code}`,
      { data: change, headers: { origin: this.server.publicUrl } },
    );
    if (!reply.ok()) throw new Error(`${channel.code}: ${reply.status()} ${await reply.text()}`);
    return reply.json();
  }

  /** What an admin changes in the settings. */
  async settle(settings: Partial<AssessmentDraft>): Promise<void> {
    const { id, life: _life, deletedOn: _deletedOn, ...draft } = this.assessment;
    const reply = await this.request.put(`${this.server.publicUrl}/api/v1/assessments/${id}`, {
      data: { ...draft, ...settings },
      headers: { origin: this.server.publicUrl },
    });
    if (!reply.ok()) throw new Error(`settings: ${reply.status()} ${await reply.text()}`);
  }

  /** What an admin sets of the assessment's life. */
  async live(life: Life): Promise<void> {
    const reply = await this.request.put(
      `${this.server.publicUrl}/api/v1/assessments/${this.assessment.id}/life`,
      { data: life, headers: { origin: this.server.publicUrl } },
    );
    if (!reply.ok()) throw new Error(`life: ${reply.status()} ${await reply.text()}`);
  }

  /** Writes a measure, whatever is stored of it. */
  async plan(measure: Measure): Promise<void> {
    const reply = await this.request.put(
      `${this.server.publicUrl}/api/v1/assessments/${this.assessment.id}/measures/${measure.id}`,
      { data: measure, headers: { origin: this.server.publicUrl } },
    );
    if (!reply.ok()) throw new Error(`measure: ${reply.status()} ${await reply.text()}`);
  }

  /** Makes a tablet for these channels; resolves to what enrols it. */
  async makeKiosk(
    channels: readonly ChannelSummary[],
    pin: string,
    name = 'เคาน์เตอร์ทะเบียน',
  ): Promise<MadeKiosk> {
    const reply = await this.request.post(
      `${this.server.publicUrl}/api/v1/assessments/${this.assessment.id}/kiosks`,
      {
        data: {
          name,
          channels: channels.map(({ code }) => code),
          idleSeconds: 45,
          pin,
        },
        headers: { origin: this.server.publicUrl },
      },
    );
    if (!reply.ok()) throw new Error(`kiosk: ${reply.status()} ${await reply.text()}`);
    return reply.json();
  }

  /** Makes the display of a channel; resolves to the link that opens it. */
  async makeDisplay({ code }: ChannelSummary): Promise<string> {
    const reply = await this.request.post(
      `${this.server.publicUrl}/api/v1/assessments/${this.assessment.id}/channels/${code}/display`,
      { headers: { origin: this.server.publicUrl } },
    );
    if (!reply.ok()) throw new Error(`display: ${reply.status()} ${await reply.text()}`);
    return (await reply.json()).link;
  }

  async revokeKiosk({ kiosk }: MadeKiosk): Promise<void> {
    const reply = await this.request.delete(
      `${this.server.publicUrl}/api/v1/assessments/${this.assessment.id}/kiosks/${kiosk.id}`,
      { headers: { origin: this.server.publicUrl } },
    );
    if (!reply.ok()) throw new Error(`kiosk: ${reply.status()} ${await reply.text()}`);
  }

  /** Asks the staff for codes from now on, and makes some for a department. */
  async makeStaffCodes(department: number, count: number): Promise<MadeStaffCodes> {
    const path = `${this.server.publicUrl}/api/v1/assessments/${this.assessment.id}/staff-codes`;
    const headers = { origin: this.server.publicUrl };
    await this.request.put(`${path}/demand`, { headers });
    const data = { department, count, voidsUnspent: false };
    const reply = await this.request.post(path, { data, headers });
    if (!reply.ok()) throw new Error(`codes: ${reply.status()} ${await reply.text()}`);
    return reply.json();
  }

  async participation(): Promise<Participation> {
    return this.#read('participation');
  }

  async scores(): Promise<Scores> {
    return this.#read('scores');
  }

  /** How many responses of the instrument the server holds. */
  async received(instrument: string): Promise<number> {
    const { instruments } = await this.participation();
    return instruments.find((counted) => counted.instrument === instrument)?.n ?? 0;
  }

  async #read(what: string) {
    const url = `${this.server.publicUrl}/api/v1/assessments/${this.assessment.id}/${what}`;
    const reply = await this.request.get(url);
    if (!reply.ok()) throw new Error(`${what}: ${reply.status()}`);
    return reply.json();
  }
}
