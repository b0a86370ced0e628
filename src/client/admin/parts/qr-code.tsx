import { qrPath } from '../../ui/qr-path.ts';

/** A QR code, black on white in every theme. `label` says what it opens. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { size, path } = qrPath(text);
  return (
    <>
      <span class="visually-hidden">{label}</span>
      <svg class="qr" viewBox={`0 0 ${size} ${size}`} aria-hidden="true" focusable="false">
        <rect width={size} height={size} fill="#fff" />
        <path d={path} fill="#000" shape-rendering="crispEdges" />
      </svg>
    </>
  );
}
