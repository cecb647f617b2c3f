import type { InProcessBus } from '../messaging/in-process-bus';
import { callSafely, subjectMatches, type Fanout, type FanoutHandler } from './fanout';

/** Fan-out among the services of one process. Nothing is ever lost, so nobody is told so. */
export class InProcessFanout implements Fanout {
  private readonly ends = new Set<() => void>();

  constructor(private readonly bus: InProcessBus) {}

  publish(subject: string, message: unknown): void {
    const text = JSON.stringify(message);
    // Each listener gets its own copy, later, as from a broker.
    for (const listener of [...this.bus.messages]) setImmediate(() => listener(subject, JSON.parse(text)));
  }

  subscribe(subject: string, handler: FanoutHandler): () => void {
    let ended = false;
    const listener = (published: string, message: unknown) => {
      if (!ended && subjectMatches(subject, published)) callSafely(handler, message, published);
    };
    const end = () => {
      ended = true;
      this.bus.messages.delete(listener);
    };
    this.bus.messages.add(listener);
    this.ends.add(end);
    return end;
  }

  onLost(_handler: () => void): void {}

  async close(): Promise<void> {
    for (const end of this.ends) end();
  }
}
