import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

interface TableProps {
  /** Classes beside `table`. */
  kind?: string;
  children: ComponentChildren;
}

/** The id of the heading that names it, or its name itself. */
type Name = { labelledBy: string; label?: never } | { label: string; labelledBy?: never };

/** The names of the rows may take so much of what is seen; else they would hide the figures that are scrolled below them. */
const NAMES_SHARE = 0.5;

/** A table. One that is wider than its place is scrolled by itself, with the keyboard as well, and the page stays where it is. */
export function Table({ kind = '', labelledBy, label, children }: TableProps & Name) {
  const region = useRef<HTMLDivElement>(null);
  const isWide = useSignal(false);
  const namesStay = useSignal(false);

  useEffect(() => {
    const box = region.current;
    if (!box) return undefined;
    const observer = new ResizeObserver(() => {
      const name = box.querySelector<HTMLElement>('tbody th');
      isWide.value = box.scrollWidth > box.clientWidth;
      namesStay.value =
        isWide.value && name !== null && name.offsetWidth <= box.clientWidth * NAMES_SHARE;
    });
    observer.observe(box);
    for (const table of box.children) observer.observe(table);
    return () => observer.disconnect();
  }, [isWide, namesStay]);

  const names = { 'aria-labelledby': labelledBy, 'aria-label': label };
  const scrolled = isWide.value ? { role: 'group', tabIndex: 0, ...names } : {};
  return (
    <div
      class={namesStay.value ? 'scroll-region scroll-names' : 'scroll-region'}
      ref={region}
      {...scrolled}
    >
      <table class={`table ${kind}`} {...names}>
        {children}
      </table>
    </div>
  );
}
