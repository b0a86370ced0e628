/** A text file for spreadsheets read back by the letter of RFC 4180, by a reader that shares nothing with the writer. */
export function readCsv(text: string): string[][] {
  const lines: string[][] = [];
  let fields: string[] = [];
  let field = '';
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const here = text.charAt(at);
    if (isQuoted && here === '"' && text.charAt(at + 1) === '"') {
      field += '"';
      at += 1;
    } else if (here === '"') {
      if (!isQuoted && field !== '')
        throw new Error(`a quote inside of an unquoted field: ${field}`);
      isQuoted = !isQuoted;
    } else if (isQuoted) field += here;
    else if (here === ',') {
      fields.push(field);
      field = '';
    } else if (here === '\r' && text.charAt(at + 1) === '\n') {
      lines.push([...fields, field]);
      fields = [];
      field = '';
      at += 1;
    } else if (here === '\n' || here === '\r') throw new Error('a line break outside of quotes');
    else field += here;
  }
  if (isQuoted || field !== '' || fields.length > 0) throw new Error('the last line does not end');
  return lines;
}
