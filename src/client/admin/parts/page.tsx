import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useAdmin, useWords } from '../admin.ts';

interface PageProps {
  title: string;
  /** A line under the title. */
  lead?: ComponentChildren;
  /** Buttons beside the title. */
  actions?: ComponentChildren;
  /** The focus goes to it in any case: it stands in front of another page. */
  isInFront?: boolean;
  children: ComponentChildren;
}

/** One page: its title is the document's title, and the focus goes to it when one came from another page. */
export function Page({ title, lead, actions, isInFront, children }: PageProps) {
  const { t } = useWords();
  const { router } = useAdmin();
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    if (isInFront || router.moves.peek() > 0) heading.current?.focus({ preventScroll: true });
  }, [router]);
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`;
  }, [title, t]);

  return (
    <div class="page">
      <header class="page-head">
        <div>
          <h1 tabIndex={-1} ref={heading}>
            {title}
          </h1>
          {lead === undefined ? null : <p class="lead">{lead}</p>}
        </div>
        {actions === undefined ? null : <div class="page-actions">{actions}</div>}
      </header>
      {children}
    </div>
  );
}
