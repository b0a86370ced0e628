import type { ComponentChildren } from 'preact';
import { useAdmin } from '../admin.ts';
import { hrefOf, type Route } from '../routes.ts';

interface LinkProps {
  to: Route;
  class?: string;
  current?: boolean;
  children: ComponentChildren;
}

/** A real link that moves inside the app; with a modifier key or another button the browser does what it always does. */
export function Link({ to, class: className, current, children }: LinkProps) {
  const { router } = useAdmin();
  function follow(event: MouseEvent) {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
      return;
    event.preventDefault();
    router.go(to);
  }
  return (
    <a
      href={hrefOf(to)}
      class={className}
      aria-current={current ? 'page' : undefined}
      onClick={follow}
    >
      {children}
    </a>
  );
}
