import { civilDateAt } from '@muster/contracts/kernel/civil-time';

const MINUTE_MS = 60_000;
/** Countdowns are drawn again this often. The time divides a minute, so that every zone's midnight falls on a tick. */
const TICK_MS = 15_000;

/** What the clock needs from the place where it runs: a browser, or a test. */
export interface Surroundings {
  /** The device's clock in milliseconds since 1970; it may be wrong by hours. */
  deviceNow(): number;
  setTimer(work: () => void, milliseconds: number): unknown;
  clearTimer(timer: unknown): void;
  /** Calls `wake` whenever the page is looked at again; timers do not run in a phone that sleeps. */
  onWake(wake: () => void): () => void;
}

export interface Clock {
  /** Milliseconds since 1970 by the server's clock: the device's clock, corrected by the `Date` headers of answers. */
  now(): number;
  /** The same, renewed at most once a second, so that everything in one drawing sees the same time. */
  steadyNow(): number;
  /** The civil date in a zone now. */
  today(zone: string): string;
  /** Calls `listener` four times a minute, on the minute, when the page is looked at again and when the clock was wrong. */
  subscribe(listener: () => void): () => void;
  /**
   * Called when a request leaves. The returned function is called with the `Date` header of the answer, from which the
   * clock learns how far the device is off.
   */
  ask(): (dateHeader: string | null) => void;
}

/** The one clock of the web app. It decides what is past, what is today and how much time is left, never the device. */
export function createClock(around: Surroundings): Clock {
  let ahead = 0;
  let steady = Number.NEGATIVE_INFINITY;
  let timer: unknown;
  let stopWaking: (() => void) | null = null;
  const listeners = new Set<() => void>();

  const now = () => around.deviceNow() + ahead;
  const steadyNow = () => {
    const exact = now();
    if (Math.abs(exact - steady) >= 1000) steady = exact;
    return steady;
  };
  const tell = () => {
    steady = now();
    listeners.forEach((listener) => listener());
  };
  const schedule = () => {
    around.clearTimer(timer);
    timer = around.setTimer(() => {
      tell();
      schedule();
    }, TICK_MS - (now() % TICK_MS));
  };
  const wake = () => {
    tell();
    schedule();
  };

  const hear = (dateHeader: string | null, sentAt: number, receivedAt: number) => {
    const server = Date.parse(dateHeader ?? '');
    // If the clock was set or the phone slept between request and answer, the two times say nothing about the difference.
    if (Number.isNaN(server) || receivedAt < sentAt || receivedAt - sentAt > MINUTE_MS) return;
    // The header has whole seconds and was written at some moment of the exchange. All that lies within is equally true,
    // so a difference already known stays as it is, and a device that is right is not moved at all.
    const least = server - receivedAt;
    const most = server + 1000 - sentAt;
    if (least <= ahead && ahead <= most) return;
    ahead = Math.round((least + most) / 2);
    if (listeners.size > 0) wake();
  };

  return {
    now,
    steadyNow,
    today: (zone) => civilDateAt(steadyNow(), zone),
    subscribe(listener) {
      listeners.add(listener);
      if (listeners.size === 1) {
        schedule();
        stopWaking = around.onWake(wake);
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        around.clearTimer(timer);
        stopWaking?.();
        stopWaking = null;
      };
    },
    ask() {
      const sentAt = around.deviceNow();
      return (dateHeader) => hear(dateHeader, sentAt, around.deviceNow());
    },
  };
}
