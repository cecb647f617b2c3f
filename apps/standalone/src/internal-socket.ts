import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { ServiceName } from '@muster/contracts/kernel/ids';
import { makeListener } from '@muster/platform/http/listener';
import type { Service } from '@muster/platform/service/service';

type Answers = Pick<Service, 'handleInternal'>;

/**
 * Serves the operations listeners of all five services on one private unix socket, with a path prefix each
 * (`/auth/internal/v1/keys`). Requests to a service that has not started yet wait for it: the five start in parallel
 * and ask each other at once, and refusals would only open breakers and fill the terminal. The callers have their own
 * deadlines.
 */
export class InternalSocket {
  private readonly services = new Map<string, Answers>();
  private waiting: { prefix: string; go: () => void }[] = [];

  private constructor(
    readonly path: string,
    private readonly server: Server,
  ) {}

  static async open(folder: string): Promise<InternalSocket> {
    const path = join(folder, 'internal.sock');
    const server = makeListener({
      request: (request, response) => {
        const [, prefix = ''] = (request.url ?? '').split('/', 2);
        const answer = (): void => socket.answer(prefix, request, response);
        if (socket.services.has(prefix)) answer();
        else socket.waiting.push({ prefix, go: answer });
      },
    });
    const socket = new InternalSocket(path, server);
    server.listen(path);
    await once(server, 'listening');
    return socket;
  }

  /** Passes requests to the service from now on, beginning with those that waited for it. */
  add(name: ServiceName, service: Answers): void {
    this.services.set(name, service);
    const here = this.waiting.filter(({ prefix }) => prefix === name);
    this.waiting = this.waiting.filter(({ prefix }) => prefix !== name);
    for (const { go } of here) go();
  }

  private answer(prefix: string, request: IncomingMessage, response: ServerResponse): void {
    request.url = (request.url ?? '').slice(prefix.length + 1) || '/';
    this.services.get(prefix)?.handleInternal(request, response);
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeAllConnections();
    await closed;
  }
}
