import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { MAX_PASSWORD_CHARACTERS } from '#core/contract/account.ts';
import { useWords } from '../admin.ts';
import { TextField } from './text-field.tsx';

interface PasswordFieldProps {
  id: string;
  label: string;
  value: string;
  onInput: (value: string) => void;
  autoComplete: 'new-password' | 'current-password';
  hint?: ComponentChildren;
  problem?: string | undefined;
}

/** A password that can be shown: one reads it instead of typing it twice. */
export function PasswordField(props: PasswordFieldProps) {
  const { t } = useWords();
  const isShown = useSignal(false);
  return (
    <div class="password">
      <TextField
        {...props}
        type={isShown.value ? 'text' : 'password'}
        maxLength={MAX_PASSWORD_CHARACTERS}
      />
      <label class="check">
        <input
          type="checkbox"
          checked={isShown.value}
          onChange={(event) => {
            isShown.value = event.currentTarget.checked;
          }}
        />
        <span>{t('account.showPassword')}</span>
      </label>
    </div>
  );
}
