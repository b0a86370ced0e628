import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

interface ScrollRegionProps {
  labelledBy: string;
  children: ComponentChildren;
}

/** A wide table on a narrow screen: it is scrolled by itself, with the keyboard as well, and the page stays where it is. */
export function ScrollRegion({ labelledBy, children }: ScrollRegionProps) {
  const region = useRef<HTMLElement>(null);
  const isWide = useSignal(false);

  useEffect(() => {
    const box = region.current;
    if (!box) return undefined;
    const observer = new ResizeObserver(() => {
      isWide.value = box.scrollWidth > box.clientWidth;
    });
    observer.observe(box);
    return () => observer.disconnect();
  }, [isWide]);

  return (
    <section
      class="scroll-region"
      ref={region}
      aria-labelledby={labelledBy}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what can be scrolled must be reached with the keyboard
      tabIndex={isWide.value ? 0 : undefined}
    >
      {children}
    </section>
  );
}
