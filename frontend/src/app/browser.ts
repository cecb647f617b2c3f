import { createBrowserClock } from '../lib/clock/browser-clock';
import type { TabMessage } from '../lib/session/session';
import { createBrowserStorage, createTabStorage } from '../lib/session/storage';
import type { Surroundings } from './create-app';

/** What the web app runs on in a browser; the older ones lack a part, and go without what it is for. */
export function browserSurroundings(): Surroundings {
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('muster.session');
  return {
    storage: createBrowserStorage(),
    tab: createTabStorage(),
    path: location.pathname,
    deviceLanguage: navigator.language,
    showLanguage: (language) => {
      document.documentElement.lang = language;
    },
    fetch: (input, init) => fetch(input, init),
    clock: createBrowserClock(),
    tabs: {
      post: (message) => channel?.postMessage(message),
      onMessage: (listener) => channel?.addEventListener('message', ({ data }: MessageEvent<TabMessage>) => listener(data)),
    },
    // Not there on a page without TLS that is not of this device.
    exclusively: (name, work) => (navigator.locks ? navigator.locks.request(name, work) : work()),
  };
}
