import { Agent, get, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { pause } from '../kernel/backoff';
import { eventually } from '../testing/eventually';
import { config } from '../testing/fixture/config';
import { NotesModule } from '../testing/fixture/notes.module';
import { breakDown } from '../testing/fixture/routes';
import { startService, type TestService } from '../testing/start-service';
import { listen, stop } from './run-service';
import { Shutdown } from './shutdown';

const path = '/api/v1/notification/greeting';
let running: TestService | undefined;
let server: Server | undefined;

async function start(): Promise<{ service: TestService; port: number; server: Server }> {
  const service = await startService(NotesModule, config);
  running = service;
  server = await listen({ request: (request, response) => service.service.handlePublic(request, response) }, '127.0.0.1', 0);
  return { service, server, port: (server.address() as AddressInfo).port };
}
afterEach(async () => {
  server?.closeAllConnections();
  server?.close();
  await running?.close();
});

interface Load {
  answered: number;
  lost: string[];
  /** Requests that began after the listener closed are nobody's loss: a proxy has left by then. */
  end(): Promise<void>;
}

/** Keep-alive clients that use a connection again at once, as a proxy does, and never try twice. */
function keepAliveLoad(port: number, clients: number, mayFail: () => boolean): Load {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  let stopped = false;
  const load: Load = { answered: 0, lost: [], end: async () => ((stopped = true), await Promise.all(workers), agent.destroy()) };
  const once = (): Promise<void> =>
    new Promise((resolve) => {
      const lose = (error: Error): void => {
        if (!mayFail()) load.lost.push(error.message);
        stopped ||= mayFail();
        resolve();
      };
      get({ port, path, agent }, (response) => {
        response.resume();
        response.once('end', () => ((load.answered += 1), resolve()));
        response.once('error', lose);
      }).once('error', lose);
    });
  const work = async (): Promise<void> => {
    while (!stopped) await once();
  };
  const workers = Array.from({ length: clients }, work);
  return load;
}

describe('a shutdown', () => {
  it('loses no request of keep-alive clients before the listener closes', async () => {
    const { service, server: listener, port } = await start();
    const load = keepAliveLoad(port, 40, () => !listener.listening);
    await eventually(() => expect(load.answered).toBeGreaterThan(200));
    await stop(service.service, [listener], { drainMs: 500, requestMs: 5_000 });
    await load.end();
    expect(load.lost).toEqual([]);
  });

  it('loses some where it does not drain (the same test, to know that it can fail)', async () => {
    const { server: listener, port } = await start();
    const load = keepAliveLoad(port, 40, () => false);
    await eventually(() => expect(load.answered).toBeGreaterThan(50));
    listener.close();
    listener.closeAllConnections();
    await pause(100);
    await load.end();
    expect(load.lost.length).toBeGreaterThan(0);
  });

  it('goes in its order: unready and consumers first, then sockets, then what requests need', async () => {
    const { service, server: listener } = await start();
    const order: string[] = [];
    const shutdown = service.app.get(Shutdown);
    shutdown.whenDraining('test', () => void order.push('consumers'));
    shutdown.whenSocketsClose('test', () => void order.push('sockets'));
    shutdown.whenClosing('test', () => void order.push(`closed with ${service.service.inFlight} in flight`));
    const slow = service.http.send(breakDown, { params: { how: 'slowly' } });
    await pause(50);
    const ended = stop(service.service, [listener], { drainMs: 50, requestMs: 5_000 });
    await pause(10);
    const ready = await service.http.raw('GET', '/health/ready', { internal: true });
    expect(ready).toMatchObject({ status: 503, headers: { connection: 'close' } });
    // The request was under way before the drain began, and its connection is closed nevertheless.
    expect(await slow).toMatchObject({ status: 204, headers: { connection: 'close' } });
    await ended;
    expect(order).toEqual(['consumers', 'sockets', 'closed with 0 in flight']);
  });
});
