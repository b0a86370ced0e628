import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Button } from '../ui/button.tsx';

interface QuestionProps {
  heading: string;
  children?: ComponentChildren;
  /** What changes nothing; has the focus. */
  no: string;
  yes: string;
  onNo: () => void;
  onYes: () => void;
}

/** One question in the place of the whole screen, with two answers. */
export function Question({ heading, children, no, yes, onNo, onYes }: QuestionProps) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    window.scrollTo(0, 0);
    box.current?.querySelector<HTMLElement>('.button-primary')?.focus({ preventScroll: true });
  }, []);
  return (
    <div
      class="ask"
      role="alertdialog"
      aria-labelledby="ask-heading"
      aria-describedby="ask-text"
      ref={box}
    >
      <h1 id="ask-heading">{heading}</h1>
      <div id="ask-text">{children}</div>
      <div class="ask-acts">
        <Button kind="primary" onPress={onNo}>
          {no}
        </Button>
        <Button kind="secondary" onPress={onYes}>
          {yes}
        </Button>
      </div>
    </div>
  );
}
