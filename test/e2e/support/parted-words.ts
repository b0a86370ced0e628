import type { Page } from '@playwright/test';

/** The titles of columns in which the word for target stands half on one line and half on the next. */
export async function partedTargets(page: Page): Promise<string[]> {
  return page.locator('thead th').evaluateAll((titles) => {
    const word = 'เป้าหมาย';
    const parted: string[] = [];
    for (const title of titles) {
      const texts = document.createTreeWalker(title, NodeFilter.SHOW_TEXT);
      for (let text = texts.nextNode(); text; text = texts.nextNode()) {
        const at = text.nodeValue?.indexOf(word) ?? -1;
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(text, at);
        range.setEnd(text, at + word.length);
        const lines = new Set(Array.from(range.getClientRects(), ({ top }) => Math.round(top)));
        if (lines.size > 1) parted.push(`parted: ${title.textContent}`);
      }
    }
    return parted;
  });
}
