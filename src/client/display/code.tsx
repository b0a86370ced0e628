import { codeAddress } from '#core/display/code-address.ts';
import { markOf } from '#core/display/mark.ts';
import { windowAt, windowBegins, WINDOW_MS } from '#core/display/window.ts';
import { useMemo } from 'preact/hooks';
import { qrPath } from '../ui/qr-path.ts';
import type { KeptDisplay } from './display-store.ts';

interface CodeProps {
  display: KeptDisplay;
  /** Milliseconds since 1970, by the server's clock. */
  now: number;
  label: string;
}

/** The QR code of this half minute, black on white in every theme, and how much of the half minute is left. */
export function Code({ display: { secret, standing }, now, label }: CodeProps) {
  const window = windowAt(now);
  const { channel, url } = standing;
  const { size, path } = useMemo(
    () => qrPath(codeAddress(url, window, markOf(secret, channel, window))),
    [secret, channel, url, window],
  );
  const left = 1 - (now - windowBegins(window)) / WINDOW_MS;
  return (
    <div class="code">
      <span class="visually-hidden">{label}</span>
      <svg class="code-qr" viewBox={`0 0 ${size} ${size}`} aria-hidden="true" focusable="false">
        <rect width={size} height={size} fill="#fff" />
        <path d={path} fill="#000" shape-rendering="crispEdges" />
      </svg>
      <div class="code-time" aria-hidden="true">
        <div class="code-left" style={{ width: `${left * 100}%` }} />
      </div>
    </div>
  );
}
