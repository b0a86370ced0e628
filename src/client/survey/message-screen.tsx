import type { ComponentChildren } from 'preact';
import { ArrivalHeading } from '../ui/arrival-heading.tsx';
import { Page } from './page.tsx';

interface MessageScreenProps {
  heading: string;
  text: string;
  /** Above the heading, such as who asks. */
  above?: ComponentChildren;
  actions: ComponentChildren;
}

/** A screen that says one thing and what to do about it. */
export function MessageScreen({ heading, text, above, actions }: MessageScreenProps) {
  return (
    <Page actions={actions}>
      {above}
      <ArrivalHeading>{heading}</ArrivalHeading>
      <p>{text}</p>
    </Page>
  );
}
