import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { Server } from 'node:http';
import { join } from 'node:path';
import type { ServiceName } from '@muster/contracts/kernel/ids';
import type { Service } from '@muster/platform/service/service';
import { destinationOf } from '../front-door/destinations';

export type Rooms = Record<ServiceName, Pick<Service, 'handlePublic'>>;

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly retryAfterSeconds: number;
}

/**
 * The entrance for the demo's people: the public routes with every guard that a visitor's request passes, but on a
 * private unix socket, so that neither certificates nor the visitor's network limits matter.
 */
export class DemoDoor {
  private constructor(
    private readonly path: string,
    private readonly server: Server,
    /** The Origin that a browser would send. */
    readonly origin: string,
  ) {}

  static async open(folder: string, rooms: Rooms, origin: string): Promise<DemoDoor> {
    const server = createServer((incoming, response) => {
      const destination = destinationOf(incoming.url ?? '/');
      if (destination.to === 'service') rooms[destination.service].handlePublic(incoming, response);
      else response.writeHead(404).end();
    });
    // A unix socket has no peer address, but limits count by address: one of the addresses reserved for documentation
    // is used.
    server.on('connection', (socket) => Object.defineProperty(socket, 'remoteAddress', { value: '192.0.2.1' }));
    const path = join(folder, 'demo.sock');
    server.listen(path);
    await once(server, 'listening');
    return new DemoDoor(path, server, origin);
  }

  async ask(method: string, path: string, headers: Record<string, string>, body: unknown): Promise<Answer> {
    const sent = body === undefined ? undefined : JSON.stringify(body);
    const outgoing = request({
      socketPath: this.path, method, path,
      headers: { host: new URL(this.origin).host, origin: this.origin, ...(sent !== undefined && { 'content-type': 'application/json' }), ...headers },
    });
    outgoing.end(sent);
    const [response] = (await once(outgoing, 'response')) as [AsyncIterable<Buffer> & { statusCode?: number; headers: Record<string, string | undefined> }];
    const parts: Buffer[] = [];
    for await (const part of response) parts.push(part);
    const text = Buffer.concat(parts).toString('utf8');
    return { status: response.statusCode ?? 0, body: text === '' ? undefined : JSON.parse(text), retryAfterSeconds: Number(response.headers['retry-after'] ?? 1) };
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeAllConnections();
    await closed;
  }
}
