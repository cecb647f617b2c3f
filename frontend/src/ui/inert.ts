import { useCallback, useEffect, useRef, useState } from 'react';

/** A second tap of the same hand on the same spot comes sooner than this, in milliseconds. */
const STILL_MS = 1000;

/**
 * True for a second after `face` changed. A button that has just become another one must not take a tap yet, since the
 * tap was meant for the button that stood there before.
 */
export function useJustChanged(face: string): boolean {
  const known = useRef(face);
  const [changed, setChanged] = useState(false);
  useEffect(() => {
    if (known.current === face) return;
    known.current = face;
    setChanged(true);
    const timer = setTimeout(() => setChanged(false), STILL_MS);
    return () => clearTimeout(timer);
  }, [face]);
  // The second part covers the moment between the drawing of a new face and the effect above.
  return changed || known.current !== face;
}

const UNDO_MS = 5000;

/**
 * Does `work` five seconds after `start`, unless `undo` is called first; this replaces the question whether somebody is
 * sure. When the person leaves the screen, the work is done at once.
 */
export function useUndo(work: () => void): { waiting: boolean; start: () => void; undo: () => void } {
  const [waiting, setWaiting] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const latest = useRef(work);
  useEffect(() => {
    latest.current = work;
  });
  const stop = useCallback(() => {
    if (timer.current === null) return false;
    clearTimeout(timer.current);
    timer.current = null;
    return true;
  }, []);
  const settle = useCallback(() => {
    if (!stop()) return;
    setWaiting(false);
    latest.current();
  }, [stop]);
  useEffect(() => {
    window.addEventListener('pagehide', settle);
    return () => {
      window.removeEventListener('pagehide', settle);
      settle();
    };
  }, [settle]);
  return {
    waiting,
    start: useCallback(() => {
      stop();
      setWaiting(true);
      timer.current = setTimeout(settle, UNDO_MS);
    }, [settle, stop]),
    undo: useCallback(() => {
      if (stop()) setWaiting(false);
    }, [stop]),
  };
}
