/** Sizes of the sheets of a PDF that Chromium made, in points. */
export function sheetsOf(pdf: Buffer): { width: number; height: number }[] {
  const plain = pdf.toString('latin1');
  const pages = plain.split(/\/Type\s*\/Page\b/).slice(1);
  return pages.map((page, index) => {
    const around = `${plain.split(/\/Type\s*\/Page\b/)[index]?.slice(-200)}${page.slice(0, 2000)}`;
    const [, width, height] = /\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)/.exec(around) ?? [];
    return { width: Math.round(Number(width)), height: Math.round(Number(height)) };
  });
}
