import { once } from 'node:events';
import type { Server as HttpServer } from 'node:http';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { errorCode } from '../start-problem';

/** What a machine or container without version 6 of the Internet Protocol answers. */
const withoutVersion6 = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL']);

/**
 * The same server at ::1, which is what “localhost” means to some programs: connections made there are handed to it.
 * Undefined where this machine has no such address. @throws the system's error, when another program has the port there
 */
export async function alsoAtVersion6(server: HttpServer, port: number): Promise<Server | undefined> {
  const second = createServer((socket) => server.emit('connection', socket));
  second.maxConnections = server.maxConnections;
  second.listen({ port, host: '::1', ipv6Only: true });
  try {
    await once(second, 'listening');
    return second;
  } catch (error) {
    if (withoutVersion6.has(errorCode(error) ?? '')) return undefined;
    throw error;
  }
}
