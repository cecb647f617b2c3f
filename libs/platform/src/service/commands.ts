import { Clock } from '../clock/clock';
import type { ServiceConfig } from '../config/define-config';
import type { PlatformEnv } from '../config/platform-env';
import { Database } from '../database/database';
import { migrate } from '../database/migrate';
import { pause } from '../kernel/backoff';
import { AfterRestore } from '../messaging/after-restore';
import { DeadLetters } from '../messaging/dead-letters';
import { PartitionsRepository } from '../messaging/partitions.repository';
import { RebuildsRepository } from '../messaging/rebuilds.repository';
import { TasksRepository } from '../tasks/tasks.repository';
import type { Service } from './service';

interface Setting {
  readonly config: ServiceConfig;
  readonly env: PlatformEnv;
  /** Starts the service without listeners. */
  start(): Promise<Service>;
  /** How long nobody may begin a rebuild before it is withdrawn. */
  readonly patienceMs?: number;
}

interface Command {
  readonly usage: string;
  /** @returns what to print */
  run(setting: Setting, args: readonly string[]): Promise<string>;
}

/** Replicas look for a rebuild every three seconds. */
const CLAIM_MS = 30_000;

/**
 * The commands of `node dist/main.js <command>`, which run instead of serving: the migration of the hook Job, and an
 * operator's repairs. They run beside a service that serves, in its own pod: those that can do with its database alone start
 * nothing of it, so that they cost next to no memory and work where the service cannot start.
 */
const commands: Readonly<Record<string, Command>> = {
  migrate: {
    usage: 'migrate                          bring the schema up to this build, under an advisory lock',
    async run({ config, env }) {
      await migrate(config, ownerUrl(env));
      return `${config.service}: the schema is current`;
    },
  },
  rebuild: {
    usage: 'rebuild <projection>             have a running replica fill a projection anew from its producers, and wait for it',
    run: (setting, [projection = '']) => withDatabase(setting, (database) => rebuilt(new RebuildsRepository(database), projection, setting.patienceMs ?? CLAIM_MS)),
  },
  parked: {
    usage: 'parked [consumer or kind]        list the aggregates whose event failed for good, and the tasks given up',
    run: (setting, [name]) => withDatabase(setting, async (database) => JSON.stringify(await deadLettersOf(database).listDeadLetters(name), null, 2)),
  },
  replay: {
    usage: 'replay <name> [partition or key] go on at a consumer\'s failed event or work a kind\'s task again, one or all',
    run: (setting, [name = '', partitionOrKey]) =>
      withDatabase(setting, async (database) => `${await deadLettersOf(database).replayDeadLetters(name, partitionOrKey)} partitions and tasks go on`),
  },
  skip: {
    usage: 'skip <name> <partition or key>   leave the failed event or the task out for ever and go on behind it',
    run: (setting, [name = '', partitionOrKey = '']) =>
      withDatabase(setting, async (database) => ((await deadLettersOf(database).skipDeadLetter(name, partitionOrKey)) ? 'left out' : 'nothing is parked there')),
  },
  'renew-epoch': {
    usage: 'renew-epoch                      after a restore: readers notice and rebuild; auth ends all sessions and tokens',
    run: (setting) =>
      withService(setting, async (service) => {
        await service.app.get(AfterRestore).run();
        return 'a new epoch begins';
      }),
  },
};

/**
 * Runs the command that the arguments name; undefined when they name none and the service is to serve.
 *
 * @throws Error with the usage for an unknown command
 */
export async function runCommand(args: readonly string[], setting: Setting): Promise<string | undefined> {
  const [name, ...rest] = args;
  if (name === undefined) return undefined;
  const command = commands[name];
  if (!command) throw new Error(`there is no command ${name}. There are:\n${Object.values(commands).map(({ usage }) => `  ${usage}`).join('\n')}`);
  return command.run(setting, rest);
}

function ownerUrl(env: PlatformEnv): string {
  if (env.DATABASE_MIGRATOR_URL === undefined) throw new Error('DATABASE_MIGRATOR_URL is needed: the schema belongs to that role');
  return env.DATABASE_MIGRATOR_URL;
}

function deadLettersOf(database: Database): DeadLetters {
  return new DeadLetters(database, new PartitionsRepository(database), new TasksRepository(database), new Clock());
}

/** @throws Error when no replica begins in time: there is none, or no such projection */
async function rebuilt(rebuilds: RebuildsRepository, projection: string, patienceMs: number): Promise<string> {
  await rebuilds.requestRebuilds([projection], 'an operator asked for it');
  const until = performance.now() + patienceMs;
  let isBegun = false;
  for (;;) {
    const wanted = await rebuilds.findRebuild(projection);
    if (!wanted) return `${projection} was rebuilt`;
    isBegun ||= wanted.claimed;
    if (!isBegun && performance.now() > until) break;
    await pause(Math.min(1000, patienceMs / 10));
  }
  await rebuilds.withdrawRebuild(projection);
  throw new Error(`no replica rebuilds ${projection}: it is no projection here, or none is running. Consumers: ${(await rebuilds.listConsumers()).join(', ')}`);
}

async function withDatabase<R>({ config, env }: Setting, work: (database: Database) => Promise<R>): Promise<R> {
  const database = new Database({ url: env.DATABASE_URL, applicationName: `muster-${config.service}-command`, size: 1, onIdleError: () => undefined });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

async function withService<R>(setting: Setting, work: (service: Service) => Promise<R>): Promise<R> {
  const service = await setting.start();
  try {
    return await work(service);
  } finally {
    await service.close();
  }
}
