/** What was typed with Thai and Burmese digits as the others. */
export const inArabicDigits = (typed: string): string =>
  typed
    .replace(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - 0x0e50))
    .replace(/[၀-၉]/g, (digit) => String(digit.charCodeAt(0) - 0x1040));
