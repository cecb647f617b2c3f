import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { freePort } from '@muster/platform/testing/free-port';
import { Program, tool } from './program';

/** Ways in which what a service depends on goes wrong, by toxiproxy's own words for them. */
const toxics = {
  /** Nobody listens, and open connections end. */
  down: undefined,
  /** Every answer comes five seconds late. */
  slow: { type: 'latency', stream: 'downstream', attributes: { latency: 5000 } },
  /** Connections are accepted and reset. */
  reset: { type: 'reset_peer', stream: 'downstream', attributes: { timeout: 0 } },
  /** Connections are accepted, and nothing ever comes back. */
  'half-open': { type: 'timeout', stream: 'upstream', attributes: { timeout: 0 } },
} as const;
export type Fault = keyof typeof toxics;
export const faults = Object.keys(toxics) as Fault[];

/** Toxiproxy between services and what they depend on, an edge for each dependency. */
export class Edges {
  private constructor(
    private readonly api: string,
    readonly program: Program,
  ) {}

  static async open(): Promise<Edges> {
    const port = await freePort();
    const edges = new Edges(`http://127.0.0.1:${port}`, new Program(['-host', '127.0.0.1', '-port', String(port)], { LOG_LEVEL: 'fatal' }, () => undefined, tool('toxiproxy-server')));
    await edges.program.ready(() => fetch(`${edges.api}/version`).then(({ ok }) => ok, () => false));
    return edges;
  }

  /** @param upstream host and port @returns host and port of the edge that leads there */
  async to(name: string, upstream: string): Promise<string> {
    const { listen } = (await this.ask('POST', '/proxies', { name, upstream, listen: '127.0.0.1:0', enabled: true })) as { listen: string };
    return listen;
  }

  async harm(name: string, fault: Fault): Promise<void> {
    const toxic = toxics[fault];
    if (toxic) await this.ask('POST', `/proxies/${name}/toxics`, { name: 'harm', ...toxic });
    else await this.ask('POST', `/proxies/${name}`, { enabled: false });
  }

  /** Enables every edge and takes all harm off. */
  async heal(): Promise<void> {
    await this.ask('POST', '/reset');
  }

  private async ask(method: string, path: string, body?: object): Promise<unknown> {
    const answer = await fetch(`${this.api}${path}`, { method, ...(body && { body: JSON.stringify(body) }) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`toxiproxy answered ${answer.status} to ${method} ${path}: ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }
}

/**
 * A port that passes each connection on to the next of `targets` that takes it, as a Kubernetes Service does; a target is
 * a port of this machine or a unix socket.
 */
export async function balance(targets: () => ReadonlyArray<number | string>): Promise<string> {
  let turn = 0;
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => socket.destroy());
    turn += 1;
    const all = targets();
    const attempt = (tried: number): void => {
      const target = all[(turn + tried) % all.length];
      if (target === undefined || tried === all.length) return void socket.destroy();
      const to = typeof target === 'string' ? connect(target) : connect(target, '127.0.0.1');
      let isOpen = false;
      to.once('connect', () => {
        isOpen = true;
        to.setNoDelay(true);
        socket.pipe(to).pipe(socket);
      });
      to.on('error', () => (isOpen ? socket.destroy() : attempt(tried + 1)));
      socket.on('close', () => to.destroy());
      to.on('close', () => isOpen && socket.destroy());
    };
    attempt(0);
  });
  await once(server.listen(0, '127.0.0.1').unref(), 'listening');
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}
