/** Runs at most `atOnce` jobs together and lets at most `waiting` more wait, in order. */
export class BoundedQueue {
  private running = 0;
  private readonly queue: Array<() => void> = [];

  constructor(
    private readonly atOnce: number,
    private readonly waiting: number,
    private readonly refuse: () => Error,
  ) {}

  /** @throws the error that `refuse` makes, at once, when the queue is full */
  async run<R>(work: () => Promise<R>): Promise<R> {
    if (this.running >= this.atOnce) await this.wait();
    else this.running += 1;
    try {
      return await work();
    } finally {
      // The place passes directly to the next waiting job, so that a new caller cannot overtake those who wait.
      const next = this.queue.shift();
      if (next) next();
      else this.running -= 1;
    }
  }

  private wait(): Promise<void> {
    if (this.queue.length >= this.waiting) throw this.refuse();
    return new Promise((resolve) => this.queue.push(resolve));
  }
}
