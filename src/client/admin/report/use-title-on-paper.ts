import { useEffect } from 'preact/hooks';

/** While it is printed the document has this title, by which browsers name the PDF. */
export function useTitleOnPaper(title: string): void {
  useEffect(() => {
    let onScreen = document.title;
    function toPaper() {
      onScreen = document.title;
      document.title = title;
    }
    function toScreen() {
      document.title = onScreen;
    }
    window.addEventListener('beforeprint', toPaper);
    window.addEventListener('afterprint', toScreen);
    return () => {
      window.removeEventListener('beforeprint', toPaper);
      window.removeEventListener('afterprint', toScreen);
    };
  }, [title]);
}
