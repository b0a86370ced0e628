import type { ComponentChildren } from 'preact';

interface BannerProps {
  /** trouble: something went wrong, read out at once; note: good to know, read out when it is quiet. */
  tone: 'trouble' | 'note';
  children: ComponentChildren;
}

/** A few words on the state of things, beside what they are about. */
export function Banner({ tone, children }: BannerProps) {
  return (
    <div class={`banner banner-${tone}`} role={tone === 'trouble' ? 'alert' : 'status'}>
      {children}
    </div>
  );
}
