import { useWords } from '../admin.ts';
import { passwordStrength } from './password-strength.ts';

/** How strong the password is, in words that change while one types. */
export function PasswordStrengthNote({ password, name }: { password: string; name: string }) {
  const { t, formats } = useWords();
  if (password === '') return <>{t('account.passwordHint')}</>;
  const strength = passwordStrength(password, name);
  switch (strength.level) {
    case 'too-short':
      return (
        <>
          {t('account.tooShort', {
            count: strength.missing,
            missing: formats.count(strength.missing),
          })}
        </>
      );
    case 'weak':
      return <>{t('account.weak')}</>;
    case 'fair':
      return <>{t('account.fair')}</>;
    case 'strong':
      return <>{t('account.strong')}</>;
  }
}
