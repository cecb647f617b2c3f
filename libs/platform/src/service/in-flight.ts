import type { ServerResponse } from 'node:http';
import { pause } from '../kernel/backoff';

/** Requests received and not yet answered, whichever listener they came by. */
export class InFlight {
  private readonly open = new Set<ServerResponse>();

  get count(): number {
    return this.open.size;
  }

  track(response: ServerResponse): void {
    this.open.add(response);
    response.once('close', () => this.open.delete(response));
  }

  /**
   * Has the answers under way end their connections too. Only those to requests that come later would otherwise, and
   * where answers take long a client's next request meets a closed listener on a connection it was never told to leave.
   */
  endConnections(): void {
    for (const response of this.open) if (!response.headersSent) response.setHeader('connection', 'close');
  }

  /** Resolves when there are none, or after `deadlineMs`. @returns whether there are none */
  async none(deadlineMs: number): Promise<boolean> {
    const until = performance.now() + deadlineMs;
    while (this.open.size > 0 && performance.now() < until) await pause(20);
    return this.open.size === 0;
  }
}
