import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Language } from '#core/contract/language.ts';

/** Shown where the browser can do it and has not yet. */
export function FullScreenButton({ text, language }: { text: string; language: Language }) {
  const isFull = useSignal(document.fullscreenElement !== null);
  useEffect(() => {
    const look = () => {
      isFull.value = document.fullscreenElement !== null;
    };
    document.addEventListener('fullscreenchange', look);
    return () => document.removeEventListener('fullscreenchange', look);
  }, []);
  // Missing on iPhones and in Safari 14, whatever the types say.
  const canBeFull = 'requestFullscreen' in document.documentElement;
  if (isFull.value || !canBeFull) return null;
  return (
    <button
      type="button"
      class="button counter-full"
      lang={language}
      onClick={() => void document.documentElement.requestFullscreen().catch(() => undefined)}
    >
      {text}
    </button>
  );
}
