import { existsSync, readdirSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import type { Migration, MigrationProvider } from 'kysely';
import * as messaging from './platform-tables/0000_platform_1_messaging';
import * as work from './platform-tables/0000_platform_2_work';
import * as limits from './platform-tables/0000_platform_3_limits';
import * as backlog from './platform-tables/0000_platform_4_backlog';
import * as tasks from './platform-tables/0000_platform_5_tasks';
import * as dataClasses from './platform-tables/0000_platform_6_data_classes';

const platform: Record<string, Migration> = {
  '0000_platform_1_messaging': messaging,
  '0000_platform_2_work': work,
  '0000_platform_3_limits': limits,
  '0000_platform_4_backlog': backlog,
  '0000_platform_5_tasks': tasks,
  '0000_platform_6_data_classes': dataClasses,
};

const extensions = ['.ts', '.js'];

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => extensions.includes(extname(file)) && !/\.(d|spec|int-spec)\.ts$/.test(file))
    .sort();
}

/** Names of all migrations that this build knows, the platform's and those of the service's folder. */
export function knownMigrations(folder: string): string[] {
  return [...Object.keys(platform), ...filesIn(folder).map((file) => basename(file, extname(file)))].sort();
}

/** The platform's tables first, then the service's folder: `.ts` from the source tree, `.js` from a build. */
export class ServiceMigrations implements MigrationProvider {
  constructor(private readonly folder: string) {}

  async getMigrations(): Promise<Record<string, Migration>> {
    const found = { ...platform };
    for (const file of filesIn(this.folder)) {
      const module = (await import(join(this.folder, file))) as Partial<Migration>;
      const name = basename(file, extname(file));
      if (!module.up) throw new Error(`migration ${name} exports no function up`);
      if (found[name]) throw new Error(`migration ${name} has a name of the platform`);
      found[name] = module as Migration;
    }
    return found;
  }
}
