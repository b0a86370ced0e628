import { saveFile } from './save-file.ts';

/** Has the browser save a text as a JSON file of that name. */
export function saveText(name: string, text: string): void {
  saveFile(name, new Blob([text], { type: 'application/json' }));
}
