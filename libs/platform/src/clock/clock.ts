import type { CivilDate, Instant, Zone } from '@muster/contracts/kernel/time';

const formats = new Map<string, Intl.DateTimeFormat>();

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
    let format = formats.get(zone);
    if (!format) {
      format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
      formats.set(zone, format);
    }
    return format.format(this.now()) as CivilDate;
  }

  /** Milliseconds since some moment; never steps back; only differences mean something. */
  monotonicMs(): number {
    return performance.now();
  }
}
