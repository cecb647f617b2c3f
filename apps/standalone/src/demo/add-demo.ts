import type { ServiceName } from '@muster/contracts/kernel/ids';
import type { Service } from '@muster/platform/service/service';
import { asService } from '@muster/platform/tracing/scope';
import { addAccounts, addProfiles, hashesFor } from './add-people';
import { addToCommunication, addToMatching, finishedJob } from './finished-job';
import type { DemoMarket } from './market';

type Services = Record<ServiceName, Pick<Service, 'app'>>;

const workersAtOnce = 100;
const crewOfFinished = 3;

/**
 * Adds the market's people, and a job that they have done, to the services' own tables, with the events that tell of the
 * people, so that every projection follows by itself. Can be repeated; what is there stays.
 *
 * @param passwordOf the password of a named account, and the one that the unnamed share
 */
export async function addDemo(services: Services, market: DemoMarket, today: string, passwordOf: (name: string) => string): Promise<void> {
  const hashOf = await asService('auth', () => hashesFor(services.auth, market.named, passwordOf));
  // Some at a time: what follows from the events is done in their order, so the first are found while the last arrive.
  for (let at = 0; at < market.workers.length; at += workersAtOnce) {
    const people = { workers: market.workers.slice(at, at + workersAtOnce), contractors: at === 0 ? market.contractors : [] };
    await asService('auth', () => addAccounts(services.auth, people, hashOf));
    await asService('user', () => addProfiles(services.user, people));
  }
  const { worker, contractor } = market.named;
  const others = market.workers.filter(({ personId, profile }) => personId !== worker.personId && profile.placeId === contractor.placeId && profile.skills[0]?.trade === 'mason');
  const finished = finishedJob(contractor, [worker, ...others].slice(0, crewOfFinished), today);
  await asService('matching', () => addToMatching(services.matching, finished));
  await asService('communication', () => addToCommunication(services.communication, finished));
}
