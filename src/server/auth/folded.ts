/** A text as it is compared: two that look the same but for their case are the same. */
export const folded = (text: string) => text.normalize('NFKC').toLowerCase();
