import { useEffect, useRef } from 'react';

/**
 * Brings the focus to the title of each screen that is gone to, so that a screen reader says where it is and the next Tab
 * is on it. The first screen of a page load is left to the browser, and so is a focus that is on the screen already (a
 * field that asks for it, a list that stays beside what it opened).
 */
export function useFocusOnArrival(path: string): void {
  const last = useRef(path);
  useEffect(() => {
    if (last.current === path) return;
    last.current = path;
    if (arrive()) return;
    // The code of the screen is still on its way.
    const observer = new MutationObserver(() => {
      if (arrive()) observer.disconnect();
    });
    observer.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['style'] });
    return () => observer.disconnect();
  }, [path]);
}

function arrive(): boolean {
  // The screen before stays in the document, hidden, until the code of this one is there.
  const title = [...document.querySelectorAll<HTMLElement>('main h1')].find((one) => one.getClientRects().length > 0);
  if (!title) return false;
  if (document.activeElement?.closest('main')) return true;
  title.tabIndex = -1;
  title.focus({ preventScroll: true });
  return true;
}
