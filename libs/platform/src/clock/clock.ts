import { civilDateAt } from '@muster/contracts/kernel/civil-time';
import type { CivilDate, Instant, Zone } from '@muster/contracts/kernel/time';

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
    return civilDateAt(this.now().getTime(), zone);
  }

  /** Milliseconds since some moment; never steps back; only differences mean something. */
  monotonicMs(): number {
    return performance.now();
  }
}
