import type { ComponentChildren } from 'preact';

interface PageProps {
  /** The row of acts that stays at the bottom: the way back on the left, the way on at the right. */
  actions?: ComponentChildren;
  /** Given where the page is a form: Enter submits it. */
  onSubmit?: () => void;
  children: ComponentChildren;
}

/** The frame of a screen: what it says, and the acts always in the same place. */
export function Page({ actions, onSubmit, children }: PageProps) {
  const content = (
    <>
      <main class="page-content">{children}</main>
      {actions && <div class="page-actions">{actions}</div>}
    </>
  );
  if (!onSubmit) return <div class="page">{content}</div>;
  return (
    <form
      class="page"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {content}
    </form>
  );
}
