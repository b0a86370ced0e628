import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

interface HeldProps {
  isHeld: boolean;
  children: ComponentChildren;
}

/**
 * The fields of a form that is gone once it is stored: while it is on its way nobody types into them what would be lost. The focus goes
 * to the button that tells it is at work.
 */
export function Held({ isHeld, children }: HeldProps) {
  const place = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    const { current } = place;
    if (isHeld && current?.contains(document.activeElement))
      current.closest('form')?.querySelector<HTMLElement>('[type=submit]')?.focus();
  }, [isHeld]);

  return (
    <div class="form held" inert={isHeld} ref={place}>
      {children}
    </div>
  );
}
