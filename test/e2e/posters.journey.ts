import type { Locator, Page } from '@playwright/test';
import { encode } from 'uqr';
import type { ChannelSummary } from '#core/contract/assessment.ts';
import { formatChannelCode } from '#core/contract/channel-code.ts';
import { LANGUAGES } from '#core/contract/language.ts';
import { expect, LAPTOP, open, signIn, test, thai } from './support/admin-journey.ts';
import { adminWords } from './support/admin-words.ts';
import { DEPARTMENTS } from './support/definitions.ts';
import { sheetsOf } from './support/pdf.ts';

const MM_PER_INCH = 25.4;
const CSS_PIXELS_PER_INCH = 96;
const mm = (pixels: number) => (pixels / CSS_PIXELS_PER_INCH) * MM_PER_INCH;

const A4 = { width: 210, height: 297 };
/** An A4 sheet in points, as a PDF writes it. */
const A4_POINTS = { width: 595, height: 842 };
const QR_MM = 70;
const QUIET_ZONE_MODULES = 4;

const TOOLS = { 'iit-2567': 'IIT', 'eit-2567': 'EIT' } as const;

test.use(LAPTOP);

const poster = (page: Page, { code }: ChannelSummary) =>
  page.getByRole('article', { name: thai('posters.qrLabel', { code: formatChannelCode(code) }) });

/** What a camera sees of a drawn QR code: its modules without the quiet zone, true = black. */
async function modulesOf(qr: Locator): Promise<boolean[][]> {
  return qr.evaluate(async (svg, quiet) => {
    const pixels = 8;
    const size = Number(svg.getAttribute('viewBox')?.split(' ')[2]);
    const copy = svg.cloneNode(true) as SVGElement;
    copy.setAttribute('width', String(size * pixels));
    copy.setAttribute('height', String(size * pixels));
    const image = new Image();
    image.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = size * pixels;
    const paper = canvas.getContext('2d', { willReadFrequently: true });
    if (!paper) throw new Error('no canvas');
    paper.drawImage(image, 0, 0);
    const isBlack = (x: number, y: number) =>
      (paper.getImageData((x + 0.5) * pixels, (y + 0.5) * pixels, 1, 1).data[0] ?? 255) < 128;
    const inside = Array.from({ length: size - 2 * quiet }, (_, place) => place + quiet);
    return inside.map((y) => inside.map((x) => isBlack(x, y)));
  }, QUIET_ZONE_MODULES);
}

test('every channel has its A4 page with its code, its office and its department in four languages', async ({
  page,
  office,
}) => {
  await signIn(page, office);
  await open(page, office.server, 'posters');
  await expect(page.getByRole('article')).toHaveCount(office.channels.length);

  for (const channel of office.channels) {
    const sheet = poster(page, channel);
    await expect(sheet).toContainText(formatChannelCode(channel.code));
    await expect(sheet).toContainText(office.assessment.organization.th);
    const department = DEPARTMENTS.find(({ number }) => number === channel.department);
    if (department) await expect(sheet).toContainText(department.name.th);
    const tool = TOOLS[channel.instrument as keyof typeof TOOLS];
    for (const language of LANGUAGES) {
      const words = adminWords(language);
      const headline = words(`posters.${tool}.headline`);
      await expect(sheet.getByRole('heading', { name: headline })).toBeVisible();
      await expect(sheet).toContainText(words(`posters.${tool}.promise`));
    }
  }

  const sheets = sheetsOf(await page.pdf({ preferCSSPageSize: true, printBackground: true }));
  expect(sheets).toEqual(office.channels.map(() => A4_POINTS));
});

test('a printed QR code is 7 cm wide at least and says the link of its channel', async ({
  page,
  office,
}) => {
  await signIn(page, office);
  await open(page, office.server, 'posters?instrument=eit-2567');
  const channels = office.channels.filter(({ instrument }) => instrument === 'eit-2567');
  await expect(page.getByRole('article')).toHaveCount(channels.length);
  await page.emulateMedia({ media: 'print' });

  for (const channel of channels) {
    const qr = poster(page, channel).locator('svg.qr');
    const drawn = await modulesOf(qr);
    const { data } = encode(channel.url, { ecc: 'M', border: 0, boostEcc: true });
    expect(drawn).toEqual(data);
    const box = await qr.boundingBox();
    const share = drawn.length / (drawn.length + 2 * QUIET_ZONE_MODULES);
    expect(mm(box?.width ?? 0) * share).toBeGreaterThanOrEqual(QR_MM);
  }
});

test('nothing of a poster is cut off, even where every name is long', async ({ page, office }) => {
  const long = {
    th: 'ฝ่ายสิ่งแวดล้อมและสุขาภิบาลและพัฒนาชุมชน',
    en: 'Environment, Sanitation and Community Development Section',
  };
  const { id, life: _life, deletedOn: _deletedOn, ...stored } = office.assessment;
  const { url } = office.server;
  const reply = await office.request.put(`${url}/api/v1/assessments/${id}`, {
    data: {
      ...stored,
      organization: {
        th: 'สำนักงานเขตป้อมปราบศัตรูพ่าย กรุงเทพมหานคร',
        en: 'Pom Prap Sattru Phai District Office, Bangkok Metropolitan Administration',
      },
      departments: stored.departments.map((department) => ({
        ...department,
        name: long,
      })),
    },
    headers: { origin: url },
  });
  expect(reply.status()).toBe(200);
  const channel = office.channel('eit-2567', 1);
  await office.request.patch(`${url}/api/v1/assessments/${id}/channels/${channel.code}`, {
    data: { service: 2 },
    headers: { origin: url },
  });

  await signIn(page, office);
  await open(page, office.server, 'posters');
  await expect(page.getByRole('article')).toHaveCount(office.channels.length);
  await page.emulateMedia({ media: 'print' });
  for (const sheet of await page.getByRole('article').all()) {
    const size = await sheet.evaluate(
      ({ clientWidth, clientHeight, scrollWidth, scrollHeight }) => ({
        clientWidth,
        clientHeight,
        scrollWidth,
        scrollHeight,
      }),
    );
    expect(mm(size.clientWidth)).toBeCloseTo(A4.width, 0);
    expect(mm(size.clientHeight)).toBeCloseTo(A4.height, 0);
    expect(size.scrollWidth).toBeLessThanOrEqual(size.clientWidth);
    expect(size.scrollHeight).toBeLessThanOrEqual(size.clientHeight);
  }
});
