import { performance, type EventLoopUtilization } from 'node:perf_hooks';
import { every, surviving } from '../kernel/surviving';

export interface Load {
  /** Requests that have come and are not answered, or have all come in this turn of the loop: each waits for those before it. */
  readonly requests: number;
  /**
   * Milliseconds by which timers, and with them the reading of requests, are late: the greater of the last sample and
   * the recent average.
   */
  readonly delayMs: number;
  /** Age of the oldest entry of any watched queue, milliseconds. */
  readonly queueAgeMs: number;
}

const SAMPLE_MS = 50;
/** Between two samples of a process that nobody has asked for anything lately: twenty a second are most of what it would do. */
const QUIET_SAMPLE_MS = 500;
const QUIET_AFTER_MS = 2_000;
const UTILISATION_WEIGHT = 0.1;
const DELAY_WEIGHT = 0.3;

/**
 * Measures the load of the event loop. There is one monitor per process, because five services in one process share
 * their loop.
 */
export class LoadMonitor {
  private readonly queues = new Map<string, () => number>();
  private previous: EventLoopUtilization = performance.eventLoopUtilization();
  private expectedAt = performance.now() + SAMPLE_MS;
  private utilisation = 0;
  private delay = 0;
  private timer: NodeJS.Timeout | undefined;
  private sampleMs = SAMPLE_MS;
  private askedAt = Number.NEGATIVE_INFINITY;
  private unanswered = 0;
  private cameInTurn = 0;

  start(): this {
    if (this.timer) return this;
    this.previous = performance.eventLoopUtilization();
    this.sampleEach(SAMPLE_MS);
    return this;
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  /** A request has come. @returns to be called once, when it has been answered or its client is gone */
  enter(): () => void {
    this.unanswered += 1;
    this.askedAt = performance.now();
    if (this.timer && this.sampleMs !== SAMPLE_MS) this.sampleEach(SAMPLE_MS);
    if (this.cameInTurn === 0) setImmediate(surviving('turn of the loop', () => (this.cameInTurn = 0)));
    this.cameInTurn += 1;
    return () => (this.unanswered -= 1);
  }

  /** Share of time the event loop is busy, smoothed over about a second: for the alarm, which also rings for other programs' load. */
  get busyShare(): number {
    return this.utilisation;
  }

  /** Watches a queue inside the process (a pool's waiters): `ageMs` tells how long its oldest entry waits, 0 if none. */
  watchQueue(name: string, ageMs: () => number): () => void {
    this.queues.set(name, ageMs);
    return () => void this.queues.delete(name);
  }

  queueAges(): ReadonlyMap<string, number> {
    return new Map([...this.queues].map(([name, age]) => [name, age()]));
  }

  now(): Load {
    // A request that arrives behind a blocked loop is looked at before the sampling timer gets its turn.
    const late = Math.max(0, performance.now() - this.expectedAt);
    let queueAgeMs = 0;
    for (const age of this.queues.values()) queueAgeMs = Math.max(queueAgeMs, age());
    return { requests: Math.max(this.unanswered, this.cameInTurn), delayMs: Math.max(this.delay, late), queueAgeMs };
  }

  private sample(): void {
    const now = performance.now();
    const late = Math.max(0, now - this.expectedAt);
    this.expectedAt = now + this.sampleMs;
    const current = performance.eventLoopUtilization();
    const { utilization, idle, active } = performance.eventLoopUtilization(current, this.previous);
    this.previous = current;
    // One sample over a long stall says as much as the many that were missed.
    const missed = 1 - (1 - UTILISATION_WEIGHT) ** Math.max(1, (idle + active) / SAMPLE_MS);
    this.utilisation += (utilization - this.utilisation) * missed;
    this.delay = late > this.delay ? late : this.delay + (late - this.delay) * DELAY_WEIGHT;
    if (this.sampleMs === SAMPLE_MS && this.unanswered === 0 && now - this.askedAt > QUIET_AFTER_MS) this.sampleEach(QUIET_SAMPLE_MS);
  }

  private sampleEach(ms: number): void {
    clearInterval(this.timer);
    this.sampleMs = ms;
    this.expectedAt = performance.now() + ms;
    this.timer = every('sample of the load', ms, () => this.sample());
  }
}

let shared: LoadMonitor | undefined;

/** The process's own monitor, started by whoever asks first; its timer keeps no process alive. */
export function loadMonitor(): LoadMonitor {
  shared ??= new LoadMonitor();
  return shared.start();
}
