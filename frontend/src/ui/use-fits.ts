import { useEffect, useRef, useState, type RefObject } from 'react';

/** What stands over the content may take this share of the screen; at 200 % text it would take more, and scrolls along. */
const MOST = 0.25;

/** Whether an element that would cover the content is low enough to do so. */
export function useFits<Kind extends HTMLElement>(): [RefObject<Kind | null>, boolean] {
  const element = useRef<Kind>(null);
  const [fits, setFits] = useState(true);
  useEffect(() => {
    const look = () => {
      if (element.current) setFits(element.current.offsetHeight <= window.innerHeight * MOST);
    };
    const watcher = new ResizeObserver(look);
    if (element.current) watcher.observe(element.current);
    window.addEventListener('resize', look);
    return () => {
      watcher.disconnect();
      window.removeEventListener('resize', look);
    };
  });
  return [element, fits];
}
