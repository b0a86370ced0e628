import { useLayoutEffect, useRef } from 'preact/hooks';
import { useSurvey } from './survey-context.ts';

/** A blank page for when somebody looks over the shoulder. The answers stay where they are. */
export function HiddenScreen({ onShow }: { onShow: () => void }) {
  const { t } = useSurvey().texts;
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => button.current?.focus({ preventScroll: true }), []);
  return (
    <main class="hidden-screen">
      <button ref={button} type="button" class="button button-quiet" onClick={onShow}>
        {t('hide.show')}
      </button>
    </main>
  );
}
