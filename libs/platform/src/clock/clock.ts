import type { CivilDate, Instant, Zone } from '@muster/contracts/kernel/time';

const MINUTE_MS = 60_000;

interface Calendar {
  readonly format: Intl.DateTimeFormat;
  minute: number;
  date: CivilDate;
}
const calendars = new Map<string, Calendar>();

/** The only source of time for rules and use cases, so that tests move it. Leases and row times are the database's. */
export class Clock {
  now(): Date {
    return new Date();
  }

  /** Now as it is written in contracts. */
  instant(): Instant {
    return this.now().toISOString() as Instant;
  }

  /**
   * The civil date at a place.
   *
   * @throws RangeError for a zone that does not exist
   */
  today(zone: Zone | string): CivilDate {
    const now = this.now();
    // No zone's day ends inside a minute, and asking Intl costs a search more than its validation.
    const minute = Math.floor(now.getTime() / MINUTE_MS);
    let calendar = calendars.get(zone);
    if (calendar?.minute === minute) return calendar.date;
    if (!calendar) {
      const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
      calendar = { format, minute, date: '' as CivilDate };
      calendars.set(zone, calendar);
    }
    calendar.minute = minute;
    calendar.date = calendar.format.format(now) as CivilDate;
    return calendar.date;
  }

  /** Milliseconds since some moment; never steps back; only differences mean something. */
  monotonicMs(): number {
    return performance.now();
  }
}
