import { describe, expect, it } from '@jest/globals';
import { createClock } from './clock';

const kolkata = 'Asia/Kolkata';

/** A device whose clock, timers and looks at the page are moved by the test. */
function device(setTo: string) {
  let now = Date.parse(setTo);
  let timer: { work: () => void; at: number } | null = null;
  const wakes = new Set<() => void>();
  const clock = createClock({
    deviceNow: () => now,
    setTimer: (work, milliseconds) => (timer = { work, at: now + milliseconds }),
    clearTimer: (known) => {
      if (timer === known) timer = null;
    },
    onWake: (wake) => {
      wakes.add(wake);
      return () => wakes.delete(wake);
    },
  });
  return {
    clock,
    /** Time passes and timers run. */
    pass(milliseconds: number) {
      const until = now + milliseconds;
      while (timer !== null && timer.at <= until) {
        const due = timer;
        timer = null;
        now = due.at;
        due.work();
      }
      now = until;
    },
    /** Time passes while the device sleeps: no timer runs. */
    sleep: (milliseconds: number) => (now += milliseconds),
    look: () => wakes.forEach((wake) => wake()),
    /** An answer of a server whose clock says this, a tenth of a second after the question. */
    answer(server: string) {
      const hear = clock.ask();
      now += 100;
      hear(new Date(server).toUTCString());
    },
    isIdle: () => timer === null && wakes.size === 0,
  };
}

/** What a screen that shows today has drawn, one entry a change. */
function drawn(clock: ReturnType<typeof createClock>, zone: string): string[] {
  const days = [clock.today(zone)];
  clock.subscribe(() => {
    const day = clock.today(zone);
    if (day !== days.at(-1)) days.push(day);
  });
  return days;
}

describe('the clock of the web app', () => {
  it('turns the page at midnight of the zone, not of the device, while it is open overnight', () => {
    const phone = device('2026-11-29T18:29:30Z');
    const site = drawn(phone.clock, kolkata);
    const elsewhere = drawn(phone.clock, 'Asia/Singapore');
    phone.pass(29_000);
    expect(site).toEqual(['2026-11-29']);
    phone.pass(1_000);
    expect(site).toEqual(['2026-11-29', '2026-11-30']);
    expect(elsewhere).toEqual(['2026-11-30']);
  });

  it('turns it when a phone that slept through midnight is looked at', () => {
    const phone = device('2026-11-29T12:00:00Z');
    const days = drawn(phone.clock, kolkata);
    phone.sleep(14 * 3600_000);
    phone.look();
    expect(days).toEqual(['2026-11-29', '2026-11-30']);
  });

  it('judges by the server when the device is ten minutes fast', () => {
    const phone = device('2026-11-29T18:35:00Z');
    const days = drawn(phone.clock, kolkata);
    expect(days).toEqual(['2026-11-30']);
    phone.answer('2026-11-29T18:25:00Z');
    expect(days.at(-1)).toBe('2026-11-29');
    expect(Math.abs(phone.clock.now() - Date.parse('2026-11-29T18:25:00.500Z'))).toBeLessThanOrEqual(1000);
  });

  it('follows a device that is set anew', () => {
    const phone = device('2026-11-29T12:10:00Z');
    phone.answer('2026-11-29T12:00:00Z');
    phone.sleep(-10 * 60_000);
    phone.answer('2026-11-29T12:00:01Z');
    expect(Math.abs(phone.clock.now() - Date.parse('2026-11-29T12:00:01Z'))).toBeLessThanOrEqual(1000);
  });

  it('does not move a device that is right to within what a header can say', () => {
    const phone = device('2026-11-29T12:00:00.400Z');
    phone.answer('2026-11-29T12:00:00Z');
    expect(phone.clock.now()).toBe(Date.parse('2026-11-29T12:00:00.500Z'));
  });

  it('keeps what it knows when an answer has no date or its request slept on the way', () => {
    const phone = device('2026-11-29T12:00:00Z');
    phone.clock.ask()(null);
    phone.clock.ask()('soon');
    const hear = phone.clock.ask();
    phone.sleep(2 * 60_000);
    hear(new Date('2026-11-29T09:00:00Z').toUTCString());
    expect(phone.clock.now()).toBe(Date.parse('2026-11-29T12:02:00Z'));
  });

  it('gives one answer while a screen is drawn', () => {
    const phone = device('2026-11-29T12:00:00.000Z');
    const first = phone.clock.steadyNow();
    phone.pass(20);
    expect(phone.clock.steadyNow()).toBe(first);
    phone.pass(2000);
    expect(phone.clock.steadyNow()).toBe(first + 2020);
  });

  it('runs no timer when nobody looks', () => {
    const phone = device('2026-11-29T12:00:00Z');
    const stop = [phone.clock.subscribe(() => undefined), phone.clock.subscribe(() => undefined)];
    expect(phone.isIdle()).toBe(false);
    stop.forEach((one) => one());
    expect(phone.isIdle()).toBe(true);
  });
});
