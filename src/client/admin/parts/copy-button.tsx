import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { useWords } from '../admin.ts';
import { Icon } from './icon.tsx';

const TOLD_MS = 3_000;

/** Copies by the old way where the clipboard is closed: an office's server may run over plain HTTP. */
function copyBySelection(text: string): boolean {
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'visually-hidden';
  document.body.append(area);
  area.select();
  const isCopied = document.execCommand('copy');
  area.remove();
  return isCopied;
}

async function copy(text: string): Promise<boolean> {
  if (!navigator.clipboard) return copyBySelection(text);
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

type Told = 'nothing' | 'copied' | 'failed';

interface CopyButtonProps {
  text: string;
  /** Tells a screen reader one button from the next. */
  what: string;
  kind?: 'link' | 'codes' | 'typed';
}

/** Copies a text and says whether that worked. */
export function CopyButton({ text, what, kind = 'link' }: CopyButtonProps) {
  const { t } = useWords();
  const told = useSignal<Told>('nothing');

  useEffect(() => {
    if (told.value === 'nothing') return undefined;
    const timer = setTimeout(() => {
      told.value = 'nothing';
    }, TOLD_MS);
    return () => clearTimeout(timer);
  }, [told.value]);

  async function copyAndTell(button: HTMLButtonElement) {
    told.value = (await copy(text)) ? 'copied' : 'failed';
    button.focus(); // copying by selection takes the focus away
  }

  const words: Record<Told, string> = {
    nothing: t(`copy.${kind}`),
    copied: t('copy.done'),
    failed: t('copy.failed'),
  };
  return (
    <button
      type="button"
      class="button button-quiet"
      onClick={(event) => void copyAndTell(event.currentTarget)}
    >
      <Icon name={told.value === 'copied' ? 'check' : 'copy'} />
      <span aria-live="polite">{words[told.value]}</span>
      <span class="visually-hidden">: {what}</span>
    </button>
  );
}
