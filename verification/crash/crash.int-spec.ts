import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { freePort } from '@muster/platform/testing/free-port';
import { root, temporaryFolder } from '../product/program';
import { Random } from '../product/random';
import { Standalone } from '../product/standalone';
import { hurryTime, judge } from './run';
import { Traffic } from './traffic';

const points = ['relay.after-number:2', 'receive.after-advance:2', 'consumer.after-apply:3', 'consumer.after-commit:2'];

/** From source, on a project folder with a version and a web app of one page. */
function program(folder: string): string[] {
  mkdirSync(join(folder, 'frontend', 'dist'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"version":"0.0.0"}');
  writeFileSync(join(folder, 'frontend', 'dist', 'index.html'), '<!doctype html><title>Muster</title>');
  return ['--conditions=source', '-r', join(root, 'tools/ts.cjs'), join(root, 'apps/standalone/test/standalone-program.ts'), folder];
}

it('loses nothing and does nothing twice over three kills and four crash points', async () => {
  const folder = temporaryFolder('crash');
  const product = new Standalone({ program: program(folder), data: join(folder, 'data'), port: await freePort(), env: { MUSTER_CRASH_POINTS: 'on' } });
  try {
    await product.start();
    const traffic = await Traffic.of(product, { workers: 4, contractors: 2 }, new Random(3));
    traffic.start();
    const stopHurrying = hurryTime(product);
    await traffic.answered(40, 30_000);
    for (const kill of [1, 2, 3]) {
      const before = product.databaseProcesses();
      await product.kill();
      const gone = product.databaseGoneAfter(before, 5000);
      await product.start(); // at once: the start sees to the database that is still there
      expect({ kill, isGone: (await gone) < 5000 }).toEqual({ kill, isGone: true });
      await traffic.answered(10, 20_000);
    }
    await product.kill();
    for (const point of points) {
      const killed = (await product.start({ MUSTER_CRASH_AT: point })) === undefined || (await product.gone(30_000));
      expect({ point, killed }).toEqual({ point, killed: true });
    }
    await product.start();
    await traffic.answered(40, 20_000);
    await traffic.stop();
    await stopHurrying();
    expect((await judge(product, traffic, { waitForLeases: false, quietMs: 15_000 })).faults).toEqual([]);
    expect(await product.end()).toBe(0);
  } finally {
    await product.kill();
    await product.databaseGoneAfter(product.databaseProcesses(), 5000); // before its folder goes
  }
}, 180_000);
