// What global setup hands to global teardown: Jest loads the two apart from each other but in one process.
import type { RunningPostgres } from '../../../apps/standalone/src/postgres/start-postgres';

interface Running {
  postgres?: RunningPostgres;
  folder?: string;
}

const key = Symbol.for('muster.jest.postgres');
const shared = globalThis as typeof globalThis & { [key]?: Running };

export const running: Running = (shared[key] ??= {});
