import { createBrowserClock } from '../lib/clock/browser-clock';
import type { TabMessage } from '../lib/session/session';
import { createBrowserStorage, createTabStorage } from '../lib/session/storage';
import type { Surroundings } from './create-app';

/** The surroundings of the web app in a browser. Where an older browser lacks a part, the app does without what the part is for. */
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
    // Web Locks are missing on a page without TLS from another machine.
    exclusively: (name, work) => (navigator.locks ? navigator.locks.request(name, work) : work()),
  };
}
