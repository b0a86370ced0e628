import type { Page } from '@playwright/test';
import { expect, open, refusal, signIn, test, thai, title } from './support/admin-journey.ts';
import { linkBack } from './support/link-back.ts';
import { ADMIN } from './support/office.ts';
import { addAuthenticator } from './support/passkey-device.ts';

const press = (page: Page, key: string) =>
  page.getByRole('button', { name: thai(key), exact: true }).click();

test('a passkey is added, signs in, and is removed; then a link leads back in', async ({
  page,
  office,
  complaints,
}) => {
  complaints.expect(refusal(401));
  complaints.expect(refusal(410));
  const authenticator = await addAuthenticator(page);
  await signIn(page, office);
  await open(page, office.server, 'account');
  const section = page.getByRole('region', { name: thai('passkeys.title') });
  await press(page, 'passkeys.add');
  await expect(section.getByLabel(thai('passkeys.name'))).toBeFocused();
  await section.getByLabel(thai('passkeys.name')).fill('เครื่องที่ทำงาน');
  await section
    .getByLabel(thai('ownAccount.currentPassword'), { exact: true })
    .fill(ADMIN.password);
  await press(page, 'passkeys.goOn');
  const row = section.getByRole('listitem');
  await expect(row).toContainText('เครื่องที่ทำงาน');
  await row
    .getByRole('button', { name: thai('passkeys.renameName', { name: 'เครื่องที่ทำงาน' }) })
    .click();
  // Whoever has no mouse goes on where they were.
  await expect(row.getByLabel(thai('passkeys.name'))).toBeFocused();
  await row.getByLabel(thai('passkeys.name')).fill('โทรศัพท์');
  await press(page, 'passkeys.save');
  await expect(row.getByRole('heading')).toHaveText('โทรศัพท์');
  await expect(
    row.getByRole('button', { name: thai('passkeys.renameName', { name: 'โทรศัพท์' }) }),
  ).toBeFocused();

  await press(page, 'signIn.leave');
  await authenticator.refuse();
  await press(page, 'passkeys.signIn');
  await expect(page.getByRole('alert')).toHaveText(thai('passkeys.trouble.cancelled'));
  await authenticator.agree();
  await press(page, 'passkeys.signIn');
  await expect(title(page, thai('ownAccount.title'))).toBeVisible();

  const remove = thai('passkeys.removeName', { name: 'โทรศัพท์' });
  await row.getByRole('button', { name: remove }).click();
  await press(page, 'passkeys.remove');
  await expect(row).toHaveCount(0);
  await press(page, 'signIn.leave');
  await press(page, 'passkeys.signIn');
  await expect(page.getByRole('alert')).toHaveText(thai('problems:passkey-unknown'));

  const link = linkBack(office);
  await page.goto(link);
  await page
    .getByLabel(thai('ownAccount.nextPassword'), { exact: true })
    .fill('kaan-nii-mai-ngaai-2569');
  await press(page, 'recover.button');
  await expect(title(page, thai('ownAccount.title'))).toBeVisible();
  await page.goto(link);
  await expect(page.getByText(thai('recover.usedText'))).toBeVisible();
});
