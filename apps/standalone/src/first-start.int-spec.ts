import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TemporaryProject } from '../test/temporary-project';
import { claimDataFolder } from './data-folder';

let project: TemporaryProject;
beforeEach(async () => (project = await TemporaryProject.make()));
afterEach(() => project.remove());

const moments: [when: string, says: RegExp][] = [
  ['while the database is made', /Making the database/],
  ['while the services start', /✓ PostgreSQL/],
  ['while the demo is added', /Adding a small market/],
];

describe('a start', () => {
  it('that is cut short says nothing after “Ending”, at whatever moment, and the next one is whole', async () => {
    for (const [when, moment] of moments) {
      const child = project.start(['--demo']);
      await child.says(moment);
      child.process.kill('SIGINT');
      expect([when, await child.exited]).toEqual([when, { code: 0, signal: null }]);
      expect(child.output().split('\nEnding …\n')[1]).not.toMatch(/Ready|✓|failed/);
    }
    await project.start().says(/Ready/);
  });

  it.each(['/proc/muster/data', '/proc/self/muster', '/dev/null/data'])('that can’t keep its data at %s says so in a sentence', async (data) => {
    const child = project.start(['--data', data]);
    expect((await child.exited).code).toBe(1);
    expect(child.output()).toMatch(/Muster can't start\. \S+ (can't be made there|is in the way|can't be written)/);
    expect(child.output()).not.toMatch(/\n\s+at /);
  });

  it('goes by nothing but Muster’s own word where the environment speaks of other databases, and bears what a power cut leaves', async () => {
    const first = project.start([], {
      TMPDIR: join(project.folder, 'nowhere'),
      PGSSLMODE: 'require', PGHOST: 'db.example', PGUSER: 'somebody', PGOPTIONS: '-c search_path=nowhere', PGPORT: '1', PGDATABASE: 'none',
    });
    await first.says(/Ready/);
    expect((await fetch(`http://localhost:${project.port}/health`)).status).toBe(200);
    first.process.kill('SIGINT');
    await first.exited;
    const files = / its files are in (\S+)\.$/m.exec(first.output())?.[1] ?? join(project.data, 'postgres');
    expect(existsSync(join(files, 'PG_VERSION'))).toBe(true);
    for (const emptied of [join(files, 'postmaster.pid'), join(project.data, 'format'), join(project.data, 'muster.lock')]) writeFileSync(emptied, '');
    await project.start().says(/Ready/);
  });
});

describe('a lock of the data folder', () => {
  it.each([['empty', ''], ['full of zeros', '\0\0\0\0'], ['of process 0', '0 0 0'], ['half written', '12'], ['of a process that is gone', '999999 1 gone']])(
    'that is %s belongs to nobody',
    (_how, content) => {
      mkdirSync(project.data, { recursive: true });
      writeFileSync(join(project.data, 'muster.lock'), content);
      claimDataFolder(project.data).release();
    },
  );

  it('of a living process is that one’s', () => {
    const claimed = claimDataFolder(project.data);
    expect(() => claimDataFolder(project.data)).toThrow(`already running on ${project.data} (process ${process.pid})`);
    claimed.release();
    rmSync(project.data, { recursive: true });
  });
});
