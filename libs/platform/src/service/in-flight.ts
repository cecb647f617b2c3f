import type { ServerResponse } from 'node:http';
import { pause } from '../kernel/backoff';

/** Requests received and not yet answered, whichever listener they came by. */
export class InFlight {
  private open = 0;

  get count(): number {
    return this.open;
  }

  track(response: ServerResponse): void {
    this.open += 1;
    response.once('close', () => (this.open -= 1));
  }

  /** Resolves when there are none, or after `deadlineMs`. @returns whether there are none */
  async none(deadlineMs: number): Promise<boolean> {
    const until = performance.now() + deadlineMs;
    while (this.open > 0 && performance.now() < until) await pause(20);
    return this.open === 0;
  }
}
