import type { Clock } from '../lib/clock/clock';
import type { TabStorage } from '../lib/session/storage';
import { whenIdle } from './pages';

const ONCE_MS = 60_000;
const RELOADED_AT = 'reloaded-at';

interface Surroundings {
  clock: Clock;
  tab: TabStorage;
  reload: () => void;
}

/**
 * When a release has replaced the files of this one, a screen that was not visited yet cannot be fetched: the page is
 * loaded again, once, and finds the new files. Never without network, where the reload itself would end at the browser's
 * error page: there the screen says so and waits. @returns stops it
 */
export function loadAgainAfterRelease({ clock, tab, reload }: Surroundings): () => void {
  const onError = (event: Event) => {
    if (!navigator.onLine) return;
    const last = Number(tab.read(RELOADED_AT) ?? 0);
    if (clock.now() - last < ONCE_MS) return;
    event.preventDefault();
    tab.write(RELOADED_AT, String(clock.now()));
    reload();
  };
  window.addEventListener('vite:preloadError', onError);
  return () => window.removeEventListener('vite:preloadError', onError);
}

/** Lets the service worker keep the page on the device, once the first screen no longer needs the network for itself. */
export function keepOnDevice(): void {
  if (!('serviceWorker' in navigator)) return;
  // Refused where a browser keeps nothing: the app then needs the network at each start, as before.
  const register = () => void navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' }).catch(() => undefined);
  if (document.readyState === 'complete') whenIdle(register);
  else window.addEventListener('load', () => whenIdle(register), { once: true });
}
