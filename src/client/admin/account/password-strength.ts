import { MIN_PASSWORD_CHARACTERS } from '#core/contract/account.ts';

/** How hard a password is to guess, as far as its own characters tell; the server knows the common ones besides. */
export type PasswordStrength =
  | { level: 'too-short'; missing: number }
  | { level: 'weak' }
  | { level: 'fair' }
  | { level: 'strong' };

const FEWEST_DIFFERENT_CHARACTERS = 6;
const STRONG_CHARACTERS = 16;

/** True for passwords like 12345678901, abcdefghijk: each character follows the one before. */
function isRun(characters: readonly string[]): boolean {
  const steps = characters
    .slice(1)
    .map(
      (character, index) =>
        (character.codePointAt(0) ?? 0) - (characters[index]?.codePointAt(0) ?? 0),
    );
  return steps.filter((step) => Math.abs(step) === 1).length > steps.length * 0.7;
}

/** Length beats complication (NIST SP 800-63B, section 5.1.1): only repetition, runs and the own name count against it. */
export function passwordStrength(password: string, name: string): PasswordStrength {
  const characters = Array.from(password);
  const missing = MIN_PASSWORD_CHARACTERS - password.length;
  if (missing > 0) return { level: 'too-short', missing };
  const holdsName =
    name.trim().length >= 3 && password.toLowerCase().includes(name.trim().toLowerCase());
  const different = new Set(characters).size;
  if (different < FEWEST_DIFFERENT_CHARACTERS || isRun(characters) || holdsName)
    return { level: 'weak' };
  return { level: characters.length >= STRONG_CHARACTERS ? 'strong' : 'fair' };
}
