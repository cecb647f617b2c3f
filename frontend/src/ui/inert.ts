import { useCallback, useEffect, useRef, useState } from 'react';

/** Longer than two taps of one hand on the same spot. */
const STILL_MS = 1000;

/**
 * True for a second after `face` changed: a button that has just become another one takes no tap yet, since the tap
 * was meant for what stood there before.
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
  // Between the drawing of a new face and the effect above no tap can come through either.
  return changed || known.current !== face;
}

const UNDO_MS = 5000;

/**
 * Does `work` five seconds after `start` unless it is taken back: instead of asking whether somebody is sure. Leaving
 * the screen counts as meaning it.
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
