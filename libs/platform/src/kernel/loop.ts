export interface LoopOptions {
  /** One round; true when there was something to do, so that the next follows at once. Must not be run in parallel. */
  readonly step: () => Promise<boolean>;
  /** First pause after a round without work, milliseconds; doubled up to {@link idleMs}. */
  readonly busyMs: number;
  /** Longest pause, milliseconds. */
  readonly idleMs: number;
  readonly onError: (error: unknown) => void;
}

/** A background loop that is woken or polls, and whose end can be waited for. */
export class Loop {
  private pauseMs: number;
  private running: Promise<void> | undefined;
  private stopped = false;
  private woken = false;
  private endPause: (() => void) | undefined;

  constructor(private readonly options: LoopOptions) {
    this.pauseMs = options.busyMs;
  }

  start(): void {
    this.running ??= this.run();
  }

  /** Starts the next round now, also when the present one began before whatever happened. */
  wake(): void {
    this.woken = true;
    this.pauseMs = this.options.busyMs;
    this.endPause?.();
  }

  /** Resolves when the round in progress has ended. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.endPause?.();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      this.woken = false;
      const worked = await this.round();
      if (worked) this.pauseMs = this.options.busyMs;
      else if (!this.woken && !this.stopped) await this.rest();
    }
  }

  private async round(): Promise<boolean> {
    try {
      return await this.options.step();
    } catch (error) {
      this.options.onError(error);
      this.pauseMs = Math.max(this.pauseMs, 250);
      return false;
    }
  }

  private async rest(): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, this.pauseMs * (0.75 + Math.random() / 2));
      this.endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.endPause = undefined;
    if (!this.woken) this.pauseMs = Math.min(this.options.idleMs, this.pauseMs * 2);
  }
}
