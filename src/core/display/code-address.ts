/** What a display's QR code says: its channel's address, and behind the # what no server is asked for. */
export const codeAddress = (url: string, window: number, mark: string): string =>
  `${url}#d=${window}.${mark}`;
