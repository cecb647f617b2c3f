import { createClock, type Clock } from './clock';

/** The clock of a page in a browser. */
export function createBrowserClock(): Clock {
  return createClock({
    deviceNow: () => Date.now(),
    setTimer: (work, milliseconds) => setTimeout(work, milliseconds),
    clearTimer: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
    onWake: (wake) => {
      const visible = () => {
        if (document.visibilityState === 'visible') wake();
      };
      window.addEventListener('focus', wake);
      window.addEventListener('pageshow', wake);
      document.addEventListener('visibilitychange', visible);
      return () => {
        window.removeEventListener('focus', wake);
        window.removeEventListener('pageshow', wake);
        document.removeEventListener('visibilitychange', visible);
      };
    },
  });
}
