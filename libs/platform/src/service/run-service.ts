import { once } from 'node:events';
import type { Server } from 'node:http';
import { Logger, type Type } from '@nestjs/common';
import { ConfigFault, processEnvironment, readEnv, type ServiceConfig } from '../config/define-config';
import { makeListener, type ListenerOptions } from '../http/listener';
import { pause } from '../kernel/backoff';
import { isError } from '../kernel/is-error';
import { every, surviving } from '../kernel/surviving';
import { flushLogs } from '../logging/logger';
import { stopTracing } from '../tracing/recorder';
import { runCommand } from './commands';
import { createService } from './create-service';
import type { Service } from './service';

const SOCKETS_WINDOW_MS = 5_000;

/**
 * A service as a process of its own: two listeners, and an ordered end on SIGTERM and SIGINT. With arguments it runs
 * the command they name instead (`migrate`, `rebuild` …) and ends.
 */
export async function runService(module: Type, config: ServiceConfig): Promise<void> {
  try {
    const env = readEnv(config);
    const start = () => createService(module, config, { env: processEnvironment() });
    const said = await runCommand(process.argv.slice(2), { config, env, start });
    if (said !== undefined) {
      process.stdout.write(`${said}\n`);
      flushLogs();
      return;
    }
    const service = await start();
    const listeners = [
      await listen(
        { request: (request, response) => service.handlePublic(request, response), upgrade: (request, socket, head) => service.handleUpgrade(request, socket, head) },
        env.HOST,
        env.PORT,
      ),
      await listen({ request: (request, response) => service.handleInternal(request, response) }, env.HOST, env.OPS_PORT),
    ];
    new Logger('Service').log({ port: env.PORT, operationsPort: env.OPS_PORT }, 'listening');
    endOnSignal(service, listeners, env.DRAIN_SECONDS * 1000, env.REQUEST_SECONDS * 1000);
  } catch (error) {
    // The log may not exist yet, and whoever starts a service by hand reads this.
    process.stderr.write(`${error instanceof ConfigFault ? error.message : inspect(error)}\n`);
    flushLogs();
    process.exit(1);
  }
}

function inspect(error: unknown): string {
  return isError(error) ? (error.stack ?? error.message) : String(error);
}

/** @throws Error when the port is taken */
export async function listen(options: ListenerOptions, host: string, port: number): Promise<Server> {
  const server = makeListener(options);
  server.listen(port, host);
  await once(server, 'listening'); // rejects with what the server fails with before
  return server;
}

function endOnSignal(service: Service, listeners: readonly Server[], drainMs: number, requestMs: number): void {
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    void stop(service, listeners, { drainMs, requestMs }).then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${inspect(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', surviving('SIGTERM', end));
  process.on('SIGINT', surviving('SIGINT', end));
}

/**
 * The only owner of the end of a process. While it drains, every answer carries `Connection: close`, so that clients
 * leave by themselves; closing the listener at once would cut the requests that are on their way.
 */
export async function stop(service: Service, listeners: readonly Server[], times: { drainMs: number; requestMs: number }): Promise<void> {
  const drained = service.beginDrain();
  await pause(times.drainMs);
  await drained;
  const closed = Promise.all(listeners.map(closeListener));
  const sweep = every('closing of idle connections', 50, () => listeners.forEach((server) => server.closeIdleConnections()));
  await service.closeSockets(Math.min(SOCKETS_WINDOW_MS, times.requestMs));
  await Promise.race([closed, pause(times.requestMs)]);
  clearInterval(sweep);
  listeners.forEach((server) => server.closeAllConnections());
  await service.close();
  await stopTracing();
  flushLogs();
}

function closeListener(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
