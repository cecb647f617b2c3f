import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@muster/platform/testing/free-port';
import { temporaryFolder } from '../product/program';
import type { Random } from '../product/random';
import { Standalone, type Product } from '../product/standalone';

/** One way to run Muster, and what can be done to it. */
export interface Topology {
  readonly product: Product;
  /** Which harm it knows, for whoever reads the figures. */
  readonly tier: string;
  /** Does harm for the nth time, and starts again what it ended. @returns what was done */
  harm(nth: number, random: Random): Promise<string>;
  /** Mends what is still harmed. */
  heal(): Promise<void>;
  /** The lines in which Muster tells of errors. */
  complaints(): string[];
  /** Ends everything in order. @returns figures, and those of them that are no longer what they should be */
  end(): Promise<{ readonly figures: Readonly<Record<string, number>>; readonly wrong: readonly string[] }>;
}

const DATABASE_GONE_MS = 5000;
/** Every so many kills the database's postmaster goes with the process, and the next start recovers from its log. */
const DATABASE_EVERY = 5;
export const complaintsIn = (output: string): string[] => output.split('\n').filter((line) => /"level":"?(error|fatal|50|60)/.test(line));

/** All in one process with its own PostgreSQL, killed as a whole. */
export async function standaloneTopology(): Promise<Topology> {
  const product = new Standalone({ data: temporaryFolder('crash'), port: await freePort() });
  await product.start();
  const left: number[] = [];
  const starts: number[] = [];
  return {
    product,
    tier: 'SIGKILL of the process, every fifth of the postmaster too; the machine and its disk stayed up',
    harm: async (nth) => {
      const before = product.databaseProcesses();
      const database = nth % DATABASE_EVERY === 0;
      await product.kill({ database });
      // In turns: after the database is gone, and at once, when the start has to see to it.
      const gone = product.databaseGoneAfter(before, DATABASE_GONE_MS);
      if (nth % 2 === 0) await gone;
      starts.push((await product.start()) ?? 0);
      left.push(await gone);
      return database ? 'process and postmaster killed' : 'process killed';
    },
    heal: () => sleep(1000),
    complaints: () => complaintsIn(product.output),
    end: async () => {
      const before = product.databaseProcesses();
      const exitCode = (await product.end()) ?? -1;
      const databaseLeftTooLong = left.filter((ms) => ms >= DATABASE_GONE_MS).length;
      const processesAfterEnd = before.filter((pid) => product.databaseProcesses().includes(pid)).length;
      const restartMedianMs = Math.round(starts.toSorted((a, b) => a - b)[starts.length >> 1] ?? 0);
      return {
        figures: { databaseLeftMost: Math.max(...left), databaseLeftTooLong, restartMedianMs, exitCode, processesAfterEnd },
        wrong: [...(databaseLeftTooLong > 0 ? ['databaseLeftTooLong'] : []), ...(exitCode === 0 ? [] : ['exitCode'])],
      };
    },
  };
}
