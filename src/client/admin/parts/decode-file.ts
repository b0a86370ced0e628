/**
 * The text of a file as spreadsheets write it: UTF-8 with or without its mark, UTF-16 with one ("Unicode text"), else the Thai
 * code page of Windows ("CSV").
 */
export function decodeFile(bytes: ArrayBuffer): string {
  const [first, second] = new Uint8Array(bytes);
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-874').decode(bytes);
  }
}

/** Whether what was decoded is a workbook of Excel or another file that is none of text. */
export const isNoText = (text: string): boolean => text.includes('\0');
