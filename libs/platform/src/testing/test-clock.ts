import { Clock } from '../clock/clock';

export interface Span {
  ms?: number;
  s?: number;
  m?: number;
  h?: number;
  d?: number;
}

/**
 * A clock that runs on from the present and can be moved. Moving it moves dates, not `monotonicMs`: a day that a test
 * skips must not make feeds and leases look dead; `advanceMonotonic` is for tests about those.
 */
export class TestClock extends Clock {
  private aheadMs = 0;
  private monotonicAheadMs = 0;

  override now(): Date {
    return new Date(Date.now() + this.aheadMs);
  }

  override monotonicMs(): number {
    return performance.now() + this.monotonicAheadMs;
  }

  advance(span: Span): void {
    this.aheadMs += millisecondsOf(span);
  }

  advanceMonotonic(span: Span): void {
    this.monotonicAheadMs += millisecondsOf(span);
  }

  /** Makes it `instant` now; the clock runs on from there. */
  setTo(instant: Date | string): void {
    this.aheadMs = new Date(instant).getTime() - Date.now();
  }
}

function millisecondsOf({ ms = 0, s = 0, m = 0, h = 0, d = 0 }: Span): number {
  return ms + 1000 * (s + 60 * (m + 60 * (h + 24 * d)));
}
