// `npm run recover -- <account name>`: a link back into an account for somebody who lost the way in.
import { parseArgs } from 'node:util';
import { runCommand, say } from '../backup/run-command.ts';
import { cryptoRandomness } from '../randomness.ts';
import { StartProblem } from '../start-problem.ts';
import { LINK_HOURS, makeRecoveryLink } from './make-recovery-link.ts';

const USAGE =
  'Say whose account: use `npm run recover -- <account name>`, such as `npm run recover -- somchai`.';

function readName(words: string[]): string {
  try {
    const [name, ...more] = parseArgs({ args: words, allowPositionals: true }).positionals;
    if (name && more.length === 0) return name;
  } catch (error) {
    throw new StartProblem(USAGE, error);
  }
  throw new StartProblem(USAGE);
}

await runCommand(null, async (config) => {
  const name = readName(process.argv.slice(2));
  const link = await makeRecoveryLink(config, name, {
    now: Date.now(),
    randomness: cryptoRandomness,
  });
  say(
    link,
    '',
    `Whoever opens this link sets a new password for ${name}; its codes, passkeys and sessions end. It works once, within ${LINK_HOURS} hour.`,
    `ผู้ที่เปิดลิงก์นี้ตั้งรหัสผ่านใหม่ให้บัญชี ${name} ได้ รหัสจากแอป พาสคีย์ และการเข้าใช้งานเดิมจะสิ้นสุด ใช้ได้ครั้งเดียวภายใน ${LINK_HOURS} ชั่วโมง`,
  );
});
