import type { Clock } from '@muster/platform/clock/clock';

/**
 * Keeps the rows of a small table in memory and reads them again when they are old; callers that ask at the same time
 * share one read.
 */
export class CachedRows<Row> {
  private rows: readonly Row[] = [];
  private readAt = Number.NEGATIVE_INFINITY;
  private reading: Promise<void> | undefined;

  constructor(
    private readonly read: () => Promise<readonly Row[]>,
    private readonly clock: Clock,
  ) {}

  /** Returns rows that were read at most `seconds` ago. */
  async readNoOlderThan(seconds: number): Promise<readonly Row[]> {
    if (this.clock.monotonicMs() - this.readAt > seconds * 1000) await this.readOnce();
    return this.rows;
  }

  /**
   * Returns rows of a read that begins after this call. A read under way does not suffice, because it may have begun
   * before the caller's write.
   */
  async readAgain(): Promise<readonly Row[]> {
    await this.reading?.catch(() => undefined);
    await this.readOnce();
    return this.rows;
  }

  private readOnce(): Promise<void> {
    this.reading ??= this.load().finally(() => (this.reading = undefined));
    return this.reading;
  }

  private async load(): Promise<void> {
    const began = this.clock.monotonicMs();
    this.rows = await this.read();
    this.readAt = began;
  }
}
