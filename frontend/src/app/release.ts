import type { Clock } from '../lib/clock/clock';

const ONCE_MS = 60_000;

/**
 * When a release has replaced the files of this one, a screen that was not visited yet cannot be fetched: the page is
 * loaded again, once, and finds the new files. Never without network, where the reload itself would end at the browser's
 * error page: there the screen says so and waits.
 */
export function loadAgainAfterRelease(clock: Clock): void {
  window.addEventListener('vite:preloadError', (event) => {
    if (!navigator.onLine) return;
    const last = Number(sessionStorage.getItem('muster.reloaded-at') ?? 0);
    if (clock.now() - last < ONCE_MS) return;
    event.preventDefault();
    sessionStorage.setItem('muster.reloaded-at', String(clock.now()));
    location.reload();
  });
}
