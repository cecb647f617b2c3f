import type { ServiceConfig } from '../config/define-config';
import type { PlatformEnv } from '../config/platform-env';
import { Database } from '../database/database';
import { migrate } from '../database/migrate';
import { AfterRestore } from '../messaging/after-restore';
import { DeadLetters } from '../messaging/dead-letters';
import { RebuildSwap } from '../messaging/rebuild-swap';
import type { Service } from './service';

interface Setting {
  readonly config: ServiceConfig;
  readonly env: PlatformEnv;
  /** Starts the service without listeners. */
  start(): Promise<Service>;
}

interface Command {
  readonly usage: string;
  /** @returns what to print */
  run(setting: Setting, args: readonly string[]): Promise<string>;
}

/**
 * The commands of `node dist/main.js <command>`, which run instead of serving: the migration of the hook Job, and an
 * operator's repairs.
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
    usage: 'rebuild <projection>             fill a projection anew from its producers, and swap it in',
    async run(setting, [projection = '']) {
      const owner = new Database({ url: ownerUrl(setting.env), applicationName: 'muster-rebuild', size: 2, onIdleError: () => undefined });
      try {
        await withService(setting, (service) => service.app.get(RebuildSwap).rebuildTables(projection, owner));
      } finally {
        await owner.close();
      }
      return `${projection} was rebuilt`;
    },
  },
  parked: {
    usage: 'parked [consumer or kind]        list the aggregates whose event failed for good, and the tasks given up',
    run: (setting, [name]) =>
      withService(setting, async (service) => JSON.stringify(await service.app.get(DeadLetters).listDeadLetters(name), null, 2)),
  },
  replay: {
    usage: 'replay <name> [partition or key] go on at a consumer\'s failed event or work a kind\'s task again, one or all',
    run: (setting, [name = '', partitionOrKey]) =>
      withService(setting, async (service) => `${await service.app.get(DeadLetters).replayDeadLetters(name, partitionOrKey)} partitions and tasks go on`),
  },
  skip: {
    usage: 'skip <name> <partition or key>   leave the failed event or the task out for ever and go on behind it',
    run: (setting, [name = '', partitionOrKey = '']) =>
      withService(setting, async (service) =>
        (await service.app.get(DeadLetters).skipDeadLetter(name, partitionOrKey)) ? 'left out' : 'nothing is parked there',
      ),
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

async function withService<R>(setting: Setting, work: (service: Service) => Promise<R>): Promise<R> {
  const service = await setting.start();
  try {
    return await work(service);
  } finally {
    await service.close();
  }
}
