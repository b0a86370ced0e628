import type { ComponentChildren } from 'preact';
import type { Assessment } from '#core/contract/assessment.ts';

interface ArchivedFieldsProps {
  assessment: Assessment;
  children: ComponentChildren;
}

/** The fields of a form: of what is archived they can be read and not typed into, as nothing of it would be taken. */
export function ArchivedFields({ assessment, children }: ArchivedFieldsProps) {
  if (assessment.life.state !== 'archived') return <>{children}</>;
  return (
    <fieldset class="form" disabled>
      {children}
    </fieldset>
  );
}
