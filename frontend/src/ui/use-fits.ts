import { useEffect, useRef, useState, type RefObject } from 'react';

/** An element that stays over the content may take this share of the screen. At 200 % text it would take more, and scrolls along. */
const MOST = 0.25;

/** Tells whether an element is low enough to stay over the content. */
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
