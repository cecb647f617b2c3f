import { afterEach, expect } from '@jest/globals';
import { cleanup, configure, render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import type { ServerFrame } from '../../libs/contracts/src/communication/socket';
import { createApp } from '../src/app/create-app';
import { Providers } from '../src/app/providers';
import { createClock } from '../src/lib/clock/clock';
import type { Language } from '../src/lib/i18n/translations';
import type { Connection, LiveSocket } from '../src/lib/live/connection';
import { loadTrades } from '../src/lib/people/trades';
import type { Role } from '../src/lib/session/session';
import type { DeviceStorage } from '../src/lib/session/storage';
import { createServices, type Answers } from './services';

/** When every test of a screen takes place: a Monday, half past eleven in the morning in India. */
export const NOW = Date.parse('2026-11-30T06:00:00Z');
export const ME = '01900000-0000-7000-8000-000000000001';

// What a screen waits for is there or the test fails: however long a busy machine takes.
configure({ asyncUtilTimeout: 30_000 });

const opened: Array<ReturnType<typeof createServices>> = [];
afterEach(() => {
  cleanup();
  const faults = opened.splice(0).flatMap((services) => services.faults);
  expect(faults).toEqual([]);
});

interface Options {
  /** The address of the screen. */
  at: string;
  answers: Answers;
  /** Somebody signed in with these roles; nobody without it. */
  as?: readonly Role[];
  language?: Language;
  /** What the device kept of an earlier visit. */
  storage?: DeviceStorage;
}

/** A screen of a whole web app of its own, whose network ends at the contracts. */
export async function openScreen(screen: ReactNode, { at, answers, as, language = 'en', storage = createMemory() }: Options) {
  furnish();
  window.history.replaceState(null, '', at);
  const services = createServices(answers);
  opened.push(services);
  const timers = new Map<() => void, number>();
  const sockets: TestSocket[] = [];
  const connection: Connection = {
    openSocket: () => {
      const opened = createSocket();
      sockets.push(opened);
      return opened;
    },
    after: (milliseconds, work) => {
      const timer = () => work();
      timers.set(timer, milliseconds);
      return () => timers.delete(timer);
    },
    random: () => 0.5,
    onWake: () => () => undefined,
  };
  const app = createApp({
    storage,
    tab: createMemory(),
    path: at,
    deviceLanguage: language,
    showLanguage: () => undefined,
    fetch: services.fetch,
    clock: createClock({ deviceNow: () => NOW, setTimer: () => 0, clearTimer: () => undefined, onWake: () => () => undefined }),
    tabs: { post: () => undefined, onMessage: () => undefined },
    exclusively: (_name, work) => work(),
  });
  await Promise.all([app.translations.start().then(() => app.translations.wantAppWords()), loadTrades()]);
  if (as) app.session.begin({ accessToken: 'token', expiresAt: new Date(NOW + 300_000).toISOString(), personId: ME, sessionId: ME, roles: [...as] });
  const { unmount } = render(<Providers parts={app}>{screen}</Providers>);
  return {
    app,
    connection,
    services,
    storage,
    unmount,
    user: userEvent.setup({ delay: null }),
    address: () => location.pathname + location.search,
    /** The connection that was opened last. */
    socket: (): TestSocket => {
      const [last] = sockets.slice(-1);
      if (!last) throw new Error('No socket was opened.');
      return last;
    },
    /** Runs what the live connection does later, up to then. */
    passTime: (milliseconds: number) => {
      for (const [timer, at] of [...timers]) if (at <= milliseconds && timers.delete(timer)) timer();
    },
  };
}

export function createMemory(): DeviceStorage {
  const kept = new Map<string, string>();
  return {
    read: (name) => kept.get(name) ?? null,
    write: (name, value) => void (value === null ? kept.delete(name) : kept.set(name, value)),
    clear: (but) => [...kept.keys()].filter((name) => !but.includes(name)).forEach((name) => kept.delete(name)),
    names: (prefix) => [...kept.keys()].filter((name) => name.startsWith(prefix)).sort(),
    onForeignChange: () => () => undefined,
  };
}

interface TestSocket extends LiveSocket {
  /** The server sends a frame. */
  receive(frame: ServerFrame): void;
}

function createSocket(): TestSocket {
  const target = new EventTarget();
  return {
    addEventListener: target.addEventListener.bind(target) as LiveSocket['addEventListener'],
    send: () => undefined,
    close: () => undefined,
    receive: (frame) => void target.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(frame) })),
  };
}

/** Parts of a browser that jsdom lacks; they say where things are drawn, and nothing is drawn here. */
function furnish(): void {
  Element.prototype.scrollIntoView = () => undefined;
  window.scrollTo = () => undefined;
  globalThis.ResizeObserver = class {
    observe(): void {}
    unobserve(): void {}
    disconnect(): void {}
  };
  // Every element counts as drawn, as it does where a person sees it.
  Element.prototype.getClientRects = () => [{}] as unknown as DOMRectList;
}
