/** The Thai code page of Windows, as Excel saves CSV; its Thai letters follow each other as they do in Unicode. */
export const inWindows874 = (words: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(words, (letter) => {
    const code = letter.codePointAt(0) ?? 0;
    return code < 0x80 ? code : code - 0x0e00 + 0xa0;
  });
