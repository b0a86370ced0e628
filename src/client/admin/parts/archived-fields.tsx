import type { ComponentChildren } from 'preact';

interface ArchivedFieldsProps {
  isArchived: boolean;
  /** How they stand where nothing else says it. */
  class?: string;
  children: ComponentChildren;
}

/** The fields of a form: of what is archived they can be read and not typed into, as nothing of it would be taken. */
export function ArchivedFields({
  isArchived,
  class: look = 'form',
  children,
}: ArchivedFieldsProps) {
  if (!isArchived) return <>{children}</>;
  return (
    <fieldset class={look} disabled>
      {children}
    </fieldset>
  );
}
