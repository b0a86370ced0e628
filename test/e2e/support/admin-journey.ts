import type { Page } from '@playwright/test';
import type { Language } from '#core/contract/language.ts';
import type { Role } from '#core/contract/role.ts';
import { expect, test as journey } from './journey.ts';
import { ADMIN, type Office } from './office.ts';
import type { ServerProcess } from './server.ts';
import { adminWords } from './admin-words.ts';

export { expect };

export const thai = adminWords('th');

/** A laptop; the phone is what journeys run on if they say nothing. */
export const LAPTOP = {
  viewport: { width: 1280, height: 800 },
  hasTouch: false,
  isMobile: false,
} as const;

/** What a browser prints by itself when the server says no with that status. */
export const refusal = (status: number) => new RegExp(`responded with a status of ${status} `);

/** A journey of the office. That nobody is signed in yet (401) is how every one of them begins. */
export const test = journey.extend<{ tidyPages: void }>({
  tidyPages: [
    async ({ complaints, context, server: _server }, use) => {
      complaints.expect(refusal(401));
      await use();
      // Before their server ends, so that no poll of theirs meets a closed door.
      await Promise.all(context.pages().map((page) => page.close()));
    },
    { auto: true },
  ],
});

/** Signs the page's browser in without the form. */
export async function signIn(page: Page, office: Office): Promise<void> {
  const { url } = office.server;
  const reply = await page.request.post(`${url}/api/v1/session`, {
    data: ADMIN,
    headers: { origin: url },
  });
  if (!reply.ok()) throw new Error(`session: ${reply.status()}`);
}

/** Makes the page's browser that of a colleague with this role, who just joined. */
export async function join(page: Page, office: Office, role: Role): Promise<void> {
  const { url } = office.server;
  const headers = { origin: url };
  const invitations = `${url}/api/v1/invitations`;
  const invited = await office.request.post(invitations, { data: { role }, headers });
  const token = new URL((await invited.json()).link).searchParams.get('token');
  const reply = await page.request.post(`${url}/api/v1/join`, {
    data: { token, name: 'somying', password: 'ม้าลายเดินข้ามสะพาน' },
    headers,
  });
  if (!reply.ok()) throw new Error(`join: ${reply.status()}`);
}

/** Opens a page of the office, such as 'scores'; '' is the overview. */
export async function open(page: Page, server: ServerProcess, place = ''): Promise<void> {
  await page.goto(`${server.url}/admin/${place}`);
}

/** The title on top of the page. */
export function title(page: Page, name: string) {
  return page.getByRole('heading', { level: 1, name, exact: true });
}

/** Reads on in another language. */
export async function chooseLanguage(page: Page, language: Language): Promise<void> {
  await page.locator('#shell-language, #frame-language').selectOption(language);
  await expect(page.locator('html')).toHaveAttribute('lang', language);
}
