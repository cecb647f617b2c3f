// Jest's global teardown of the journeys.
import { shared } from './shared';

export default async function stop(): Promise<void> {
  await Promise.all([shared.browser?.close(), shared.demo?.stop()]);
}
