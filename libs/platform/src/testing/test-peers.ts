import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ServiceName } from '@muster/contracts/kernel/ids';
import type { InputOf, OutputOf, Route } from '@muster/contracts/kernel/route';
import { AppError } from '../errors/app-error';
import { problemOf } from '../errors/problem-of';
import type { Peer, PeerTransport } from '../internal/peers';

type Answerer = (input: InputOf<Route>) => unknown;
interface Answering {
  readonly service: ServiceName;
  readonly route: Route;
  readonly pattern: RegExp;
  readonly answer: Answerer;
}

/** The other services of a test: each answers what it is told to, everything else is a 404. */
export class TestPeers implements PeerTransport {
  private readonly answering: Answering[] = [];
  /** `<service> <route id>` of every call that was answered. */
  readonly calls: string[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<TestPeers> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    const peers = new TestPeers(server);
    server.on('request', (request, response) => {
      void peers.respond(request).then(({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(body === undefined ? undefined : JSON.stringify(body));
      });
    });
    return peers;
  }

  /**
   * Makes `service` answer `route` from now on; the latest call counts. A thrown AppError becomes a refusal, any other
   * error a 500.
   */
  answer<R extends Route>(service: ServiceName, route: R, answer: (input: InputOf<R>) => OutputOf<R> | Promise<OutputOf<R>>): void {
    const pattern = new RegExp(`^/${service}${route.path.replace(/:([A-Za-z]+)/g, '(?<$1>[^/]+)')}$`);
    this.answering.unshift({ service, route, pattern, answer: answer as Answerer });
  }

  dispatcherFor(service: ServiceName): Peer {
    return { origin: `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/${service}`, dispatcher: undefined };
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private async respond(request: IncomingMessage): Promise<{ status: number; body?: unknown }> {
    const url = new URL(request.url ?? '/', 'http://peer');
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString('utf8');
    for (const { service, route, pattern, answer } of this.answering) {
      const match = route.method === request.method ? pattern.exec(url.pathname) : null;
      if (!match) continue;
      this.calls.push(`${service} ${route.id}`);
      try {
        const input = {
          params: route.params.parse({ ...match.groups }),
          query: route.query.parse(Object.fromEntries(url.searchParams)),
          body: route.body.parse(text === '' ? {} : JSON.parse(text)),
        } as InputOf<Route>;
        return { status: route.status, body: await answer(input) };
      } catch (error) {
        if (!(error instanceof AppError)) return { status: 500, body: { detail: String(error) } };
        return { status: error.definition.status, body: problemOf(error, { instance: url.pathname, traceId: 'test-peer' }) };
      }
    }
    return { status: 404, body: {} };
  }
}
