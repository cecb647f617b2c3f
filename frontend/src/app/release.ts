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
 * Reloads the page, once, when the code of a screen cannot be fetched: a release may have replaced the files, and the
 * reload finds the new ones. It never reloads without network, where the reload would end at the browser's error page.
 * @returns a function that stops listening
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

/** Registers the service worker, which keeps the page on the device, as soon as the first screen no longer needs the network. */
export function keepOnDevice(): void {
  if (!('serviceWorker' in navigator)) return;
  // A browser that stores nothing refuses this; the app then needs the network at each start.
  const register = () => void navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' }).catch(() => undefined);
  if (document.readyState === 'complete') whenIdle(register);
  else window.addEventListener('load', () => whenIdle(register), { once: true });
}
