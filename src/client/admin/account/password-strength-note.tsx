import { useWords } from '../admin.ts';
import { passwordStrength } from './password-strength.ts';

/** How strong the password is, in words that change while one types. */
export function PasswordStrengthNote({ password, name }: { password: string; name: string }) {
  const { t, formats } = useWords();
  if (password === '') return <>{t('account.passwordHint')}</>;
  const strength = passwordStrength(password, name);
  if (strength.level === 'too-short') {
    const { missing } = strength;
    return <>{t('account.tooShort', { count: missing, missing: formats.count(missing) })}</>;
  }
  return <>{t(`account.${strength.level}`)}</>;
}
