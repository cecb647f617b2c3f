import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Environment } from '@muster/platform/config/define-config';
import { claimDataFolder } from './data-folder';
import { prepareDatabases } from './databases';
import { openLivingMarket } from './demo/living-market';
import { offerSignIns, type SignIn } from './demo/sign-ins';
import { environmentFor, requireMailProvider } from './environment';
import { FrontDoor } from './front-door/front-door';
import { serveWebApp } from './front-door/web-app';
import { InternalSocket } from './internal-socket';
import type { Options } from './options';
import { startPostgres } from './postgres/start-postgres';
import type { Progress } from './progress';
import { Secrets } from './secrets';
import { services } from './services';
import { startServices, untilReady } from './start-services';
import { TerminalLink } from './terminal-link';

export interface Standalone {
  readonly address: string;
  /** The link to what only the person at the terminal may see; undefined if other machines are let in. */
  readonly link: string | undefined;
  /** The sign-ins of the demo's two named accounts; none in a folder without the demo. */
  readonly signIns: readonly SignIn[];
  /** Resolves if the database ends unexpectedly. */
  readonly databaseLost: Promise<void>;
  /** Ends everything in order, the database last. `drainMs` is the time for which requests are still answered. */
  stop(drainMs: number): Promise<void>;
}

const requestPatienceMs = 20_000;
const readyPatienceMs = 60_000;

/** Closes everything in the opposite order of opening, also when a later step of the start fails. */
class Closing {
  private readonly steps: (() => Promise<void> | void)[] = [];
  private over = false;

  /** Adds a step. A step that is added after closing comes from an interrupted start and is undone at once. */
  last(step: () => Promise<void> | void): void {
    if (this.over) void Promise.resolve(step()).catch(() => undefined);
    else this.steps.push(step);
  }

  async run(): Promise<void> {
    this.over = true;
    for (const step of this.steps.splice(0).reverse()) await step();
  }
}

/**
 * @param ended interrupts the start, which then rejects as soon as everything opened so far is closed
 * @throws StartProblem, or ConfigFault for an environment that a service refuses; nothing is left open then
 */
export async function startStandalone(
  options: Options,
  project: string,
  outer: Environment,
  progress: Progress,
  ended: AbortSignal,
): Promise<Standalone> {
  const closing = new Closing();
  const cutShort = new Promise<never>((_resolve, reject) => ended.addEventListener('abort', () => reject(ended.reason), { once: true }));
  const starting = start(options, project, outer, progress.until(ended), closing);
  try {
    return await Promise.race([starting, cutShort]);
  } catch (error) {
    await closing.run();
    throw error;
  }
}

async function start(options: Options, project: string, outer: Environment, progress: Progress, closing: Closing): Promise<Standalone> {
  requireMailProvider(options, outer);
  const data = claimDataFolder(options.data);
  closing.last(() => data.release());
  const door = await FrontDoor.open({ port: options.port, host: hostOf(options), ...(options.tls && { tls: options.tls }) });
  closing.last(() => door.close(requestPatienceMs));

  const postgres = await startPostgres({ dataFolder: join(data.path, 'postgres'), say: (line) => progress.say(line) });
  closing.last(() => postgres.stop());
  const databases = await prepareDatabases(postgres);
  progress.done('PostgreSQL');

  const secrets = new Secrets(data.path);
  const terminal = new TerminalLink(options.origin);
  const internal = await InternalSocket.open(postgres.socketFolder);
  closing.last(() => internal.close());
  const running = await startServices({
    internal,
    environmentOf: (service) => environmentFor(services[service].config, { options, database: databases[service], secrets, terminalSecret: terminal.secret, outer }),
    isRestored: data.isRestored,
    onStarted: (service) => progress.done(service),
  });
  closing.last(async () => {
    await running.beginDrain(); // readers stop before the services that they read from
    await running.close();
  });
  const webApp = await serveWebApp(join(project, 'frontend', 'dist'), options.origin);
  closing.last(() => webApp.close());
  await untilReady(running, readyPatienceMs);
  data.endRestore();
  progress.done('everybody ready');
  if (options.demo) {
    const parts = { folder: data.path, socketFolder: postgres.socketFolder, origin: options.origin, services: running, secrets, progress };
    closing.last(await openLivingMarket(parts));
  }
  door.letIn({ rooms: running.all, webApp: options.reachable ? webApp.handle : terminal.before(webApp.handle) });

  let stopping = false;
  return {
    address: options.origin,
    link: options.reachable ? undefined : terminal.linkTo('/'),
    signIns: options.reachable ? [] : offerSignIns(data.path, running.all.auth, secrets, terminal),
    databaseLost: postgres.exited.then(() => (stopping ? new Promise<never>(() => undefined) : undefined)),
    stop: async (drainMs) => {
      stopping = true;
      door.beginDrain();
      await running.beginDrain();
      await sleep(drainMs);
      await running.closeSockets(Math.min(drainMs, 1000));
      await door.close(requestPatienceMs);
      await closing.run();
    },
  };
}

/** The address to listen at: loopback, unless other machines may connect by a name and the connection is encrypted. */
function hostOf(options: Options): string {
  return options.reachable && options.tls ? '0.0.0.0' : '127.0.0.1';
}
