import type { ComponentChildren } from 'preact';
import { useWords } from '../admin.ts';
import { LanguageSelect } from '../parts/language-select.tsx';
import { TroubleNote } from '../parts/trouble-note.tsx';
import { Brand } from '../shell/brand.tsx';

/** The quiet page round the sign-in, the set-up and the first assessment: nothing to wander off to. */
export function AccountFrame({ children, wide }: { children: ComponentChildren; wide?: boolean }) {
  const { t } = useWords();
  return (
    <div class="frame">
      <header class="frame-head">
        <Brand note={t('app.office')} />
        <LanguageSelect id="frame-language" />
      </header>
      <main class={wide ? 'frame-body frame-wide' : 'frame-body'}>
        <TroubleNote />
        {children}
      </main>
    </div>
  );
}
