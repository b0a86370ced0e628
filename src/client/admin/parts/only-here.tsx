import { Banner } from '../../ui/banner.tsx';
import { hostOnlyHere } from './host-only-here.ts';

interface OnlyHereProps {
  /** Of any channel: all addresses begin alike. Undefined where there is none. */
  url: string | undefined;
  words: (host: string) => string;
}

/** Warns before something is made for other devices that would lead to the server's own machine. */
export function OnlyHere({ url, words }: OnlyHereProps) {
  const host = url === undefined ? null : hostOnlyHere(url);
  return host === null ? null : <Banner tone="trouble">{words(host)}</Banner>;
}
