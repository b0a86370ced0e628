/** Has the browser ask before the page is closed; for a listener of `beforeunload`. The words are the browser's own. */
export function askBeforeUnload(event: BeforeUnloadEvent): void {
  event.preventDefault();
  // All that Chrome before 119 and Safari heed.
  event.returnValue = true;
}
