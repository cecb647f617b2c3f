// Jest's global teardown of the integration tests.
import { rmSync } from 'node:fs';
import { running } from './running-postgres';

export default async function stop(): Promise<void> {
  await running.postgres?.stop();
  if (running.folder) rmSync(running.folder, { recursive: true, force: true });
}
