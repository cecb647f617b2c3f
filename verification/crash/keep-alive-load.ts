import { Agent, request } from 'node:http';

export interface LoadResult {
  readonly answered: number;
  /** Answers from the signal on, while the listener was still open. */
  readonly answeredWhileDraining: number;
  /** What was sent and not answered, or answered with a refusal, before the listener had closed. */
  readonly lost: readonly string[];
}

export interface Target {
  readonly port: number;
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
 * goes to another replica then. Stubborn ones connect until they are refused; what waits in the kernel's queue when
 * the listener closes is reset there and never reached the process.
 */
export class KeepAliveLoad {
  private readonly workers: Promise<void>[];
  private readonly lost: string[] = [];
  private answered = 0;
  private whileDraining = 0;
  private draining = false;
  private wanted = true;
  private readonly poll: NodeJS.Timeout;

  constructor(
    private readonly target: Target,
    connections: number,
    stubborn: boolean,
  ) {
    this.workers = Array.from({ length: connections }, (_, at) => this.work(at));
    this.poll = setInterval(() => void this.ask(stubborn), READY_EVERY_MS);
  }

  get answers(): number {
    return this.answered;
  }

  /** Say it just before the signal is sent. */
  drainBegins(): void {
    this.draining = true;
  }

  /** Waits until every client found the listener closed. */
  async end(): Promise<LoadResult> {
    await Promise.all(this.workers);
    clearInterval(this.poll);
    return { answered: this.answered, answeredWhileDraining: this.whileDraining, lost: this.lost };
  }

  private async work(at: number): Promise<void> {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (let count = at; ; count += 1) {
      const holdsOne = Object.values(agent.freeSockets).some((sockets) => sockets && sockets.length > 0);
      if (!holdsOne && !this.wanted) return;
      const outcome = await this.once(this.target.paths[count % this.target.paths.length] ?? '/', agent);
      if (outcome === 'closed') return;
      if (outcome === 'answered') {
        this.answered += 1;
        if (this.draining) this.whileDraining += 1;
      } else this.lost.push(outcome);
    }
  }

  private async ask(stubborn: boolean): Promise<void> {
    const ready = await fetch(this.target.readyAt, { signal: AbortSignal.timeout(2000) }).then(({ status }) => status === 200, () => false);
    if (!ready && !stubborn) this.wanted = false;
  }

  private once(path: string, agent: Agent): Promise<string> {
    return new Promise((resolve) => {
      const { port, headers } = this.target;
      const asked = request({ host: '127.0.0.1', port, path, headers: { host: `localhost:${port}`, ...headers }, agent }, (answer) => {
        answer.resume();
        answer.once('end', () => resolve(answer.statusCode === 200 ? 'answered' : `status ${answer.statusCode}`));
        answer.once('error', (error) => resolve(`cut off: ${error.message}`));
      });
      asked.once('error', (error: NodeJS.ErrnoException) => {
        const refused = error.code === 'ECONNREFUSED';
        resolve(refused ? 'closed' : `${error.code ?? error.message} on a ${asked.reusedSocket ? 'kept' : 'new'} connection`);
      });
      asked.end();
    });
  }
}
