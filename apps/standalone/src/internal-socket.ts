import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { join } from 'node:path';
import type { ServiceName } from '@muster/contracts/kernel/ids';
import type { Service } from '@muster/platform/service/service';

/**
 * The operations listeners of all five as one private unix socket, a path prefix each (`/auth/internal/v1/keys`).
 * A service that has not started answers 503, which its callers repeat.
 */
export class InternalSocket {
  readonly services = new Map<ServiceName, Service>();

  private constructor(
    readonly path: string,
    private readonly server: Server,
  ) {}

  static async open(folder: string): Promise<InternalSocket> {
    const path = join(folder, 'internal.sock');
    const server = createServer();
    server.listen(path);
    await once(server, 'listening');
    const socket = new InternalSocket(path, server);
    server.on('request', (request, response) => {
      const [, prefix = ''] = (request.url ?? '').split('/', 2);
      const service = socket.services.get(prefix as ServiceName);
      if (!service) return void response.writeHead(503, { 'retry-after': '1' }).end();
      request.url = (request.url ?? '').slice(prefix.length + 1) || '/';
      service.handleInternal(request, response);
    });
    return socket;
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeAllConnections();
    await closed;
  }
}
