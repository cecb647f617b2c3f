import { once } from 'node:events';
import type { Server as HttpServer } from 'node:http';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { errorCode } from '../start-problem';

/** Errors of a machine or container without IPv6. */
const withoutVersion6 = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL']);

/**
 * Makes the server listen at ::1 as well, because some programs resolve “localhost” to it; its connections are passed
 * to the server. Undefined if this machine has no such address. @throws the system's error when another program uses
 * the port there
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
