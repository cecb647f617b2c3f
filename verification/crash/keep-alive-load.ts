import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'undici';

interface Target {
  readonly origin: string;
  readonly paths: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  /** Answers 200 while requests are welcome. */
  readonly readyAt: string;
}

const READY_EVERY_MS = 100;

/**
 * Clients that hold their connections and use them again at once, as a proxy does, and never try anything twice. A
 * client ends when a new connection is refused: from then on the listener is closed, and what it does not get is
 * nobody's loss. It also ends when it needs a new connection and readiness, asked every 100 ms, has said no: a proxy
 * goes to another replica then.
 */
export class KeepAliveLoad {
  answered = 0;
  /** Answers from the signal on, while the listener was still open. */
  answeredWhileDraining = 0;
  /** What was sent and not answered, or answered with a refusal, before the listener had closed. */
  readonly lost: string[] = [];
  private isDraining = false;
  private isWelcome = true;
  private readonly clients: Promise<void>[];

  constructor(
    private readonly target: Target,
    connections: number,
  ) {
    this.clients = Array.from({ length: connections }, (_, at) => this.work(at));
    void this.watchReadiness();
  }

  drainBegins(): void {
    this.isDraining = true;
  }

  async ended(): Promise<void> {
    await Promise.all(this.clients);
    this.isWelcome = false;
  }

  private async work(first: number): Promise<void> {
    const { origin, paths, headers } = this.target;
    const client = new Client(origin);
    let isConnected = false;
    client.on('connect', () => (isConnected = true)).on('disconnect', () => (isConnected = false));
    try {
      for (let count = first; isConnected || this.isWelcome; count += 1) {
        const wasConnected = isConnected;
        try {
          const { statusCode, body } = await client.request({ method: 'GET', path: paths[count % paths.length] ?? '/', headers });
          await body.dump();
          if (statusCode !== 200) this.lost.push(`status ${statusCode}`);
          else this.answered += 1;
          if (statusCode === 200 && this.isDraining) this.answeredWhileDraining += 1;
          await sleep(0); // an answer that told to leave has closed its connection by now
        } catch (error) {
          const { code = String(error) } = error as NodeJS.ErrnoException;
          if (code === 'ECONNREFUSED') return;
          this.lost.push(`${code} on a ${wasConnected ? 'kept' : 'new'} connection`);
        }
      }
    } finally {
      await client.destroy();
    }
  }

  private async watchReadiness(): Promise<void> {
    while (this.isWelcome) {
      await sleep(READY_EVERY_MS);
      const isReady = await fetch(this.target.readyAt, { signal: AbortSignal.timeout(2000) }).then(({ status }) => status === 200, () => false);
      if (!isReady) this.isWelcome = false;
    }
  }
}
