import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/**
 * A screen's heading, which takes the focus when the screen arrives: a screen reader then says it, once, and the next Tab
 * is on what follows it. Give it a new `key` for each screen.
 */
export function ArrivalHeading({ children, size }: { children: ComponentChildren; size?: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    window.scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1} class="arrival-heading" data-size={size}>
      {children}
    </h1>
  );
}
