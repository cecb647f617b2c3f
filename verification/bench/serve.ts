// The server's side of server-process.ts.
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Usage {
  readonly is: 'usage';
  /** Of the whole process since its start, microseconds. */
  readonly cpuMicros: number;
  readonly rssBytes: number;
}

export type FromServer = Usage | { readonly is: 'ready'; readonly port: number } | { readonly is: 'token'; readonly token: string };

export interface Served {
  readonly port: number;
  token?(): Promise<string>;
  close?(): Promise<void>;
}

/** Tells the parent that it is ready and answers it until it says stop; ends with the parent too. */
export function obeyParent({ port, token, close }: Served): void {
  const tell = (message: FromServer): void => void process.send?.(message);
  const end = (): void => void Promise.resolve(close?.()).finally(() => process.exit(0));
  process.on('message', ({ ask }: { ask: 'usage' | 'token' | 'stop' }) => {
    if (ask === 'stop') return end();
    if (ask === 'token') return void token?.().then((text) => tell({ is: 'token', token: text }));
    const { user, system } = process.cpuUsage();
    tell({ is: 'usage', cpuMicros: user + system, rssBytes: process.memoryUsage.rss() });
  });
  process.once('disconnect', end);
  tell({ is: 'ready', port });
}

export async function listenAnywhere(listener: RequestListener): Promise<Server> {
  const server = createServer({ keepAliveTimeout: 65_000 }, listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

export function portOf(server: Pick<Server, 'address'>): number {
  return (server.address() as AddressInfo).port;
}
