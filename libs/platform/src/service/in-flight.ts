import type { ServerResponse } from 'node:http';
import { pause } from '../kernel/backoff';
import { surviving } from '../kernel/surviving';

/** Requests received and not yet answered, whichever listener they came by. */
export class InFlight {
  /** When each came, milliseconds of `performance.now()`; in the order in which they came. */
  private readonly open = new Map<ServerResponse, number>();

  get count(): number {
    return this.open.size;
  }

  track(response: ServerResponse): void {
    this.open.set(response, performance.now());
    response.on('close', surviving('answered request', () => this.open.delete(response)));
  }

  /**
   * Has the answers under way end their connections too. Only those to requests that come later would otherwise, and
   * where answers take long a client's next request meets a closed listener on a connection it was never told to leave.
   */
  endConnections(): void {
    for (const response of this.open.keys()) if (!response.headersSent) response.setHeader('connection', 'close');
  }

  /** The responses to requests that came at least `ms` ago. */
  *olderThan(ms: number): Generator<ServerResponse> {
    const latest = performance.now() - ms;
    for (const [response, cameAt] of this.open) {
      if (cameAt > latest) return;
      yield response;
    }
  }

  /** Resolves when there are none, or after `deadlineMs`. @returns whether there are none */
  async none(deadlineMs: number): Promise<boolean> {
    const until = performance.now() + deadlineMs;
    while (this.open.size > 0 && performance.now() < until) await pause(20);
    return this.open.size === 0;
  }
}
