import type { Clock } from '@muster/platform/clock/clock';

/** The rows of a small table, kept in memory and read again when they are old; many who ask at once share a read. */
export class CachedRows<Row> {
  private rows: readonly Row[] = [];
  private readAt = Number.NEGATIVE_INFINITY;
  private reading: Promise<void> | undefined;

  constructor(
    private readonly read: () => Promise<readonly Row[]>,
    private readonly clock: Clock,
  ) {}

  /** The rows as they were read at most so long ago. */
  async readNoOlderThan(seconds: number): Promise<readonly Row[]> {
    if (this.clock.monotonicMs() - this.readAt > seconds * 1000) await this.readOnce();
    return this.rows;
  }

  /** The rows as a read finds them that begins after this call: one under way may have begun before the caller's write. */
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
