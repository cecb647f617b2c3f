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
 * Adds the people of the demo and a job that they have done to the services' tables, together with the events about the
 * people, from which every projection follows. Can be repeated; existing rows stay.
 *
 * @param passwordOf the password of a named account, and the one that the unnamed accounts share
 */
export async function addDemo(services: Services, market: DemoMarket, today: string, passwordOf: (name: string) => string): Promise<void> {
  const hashOf = await asService('auth', () => hashesFor(services.auth, market.named, passwordOf));
  // The people are added in groups, so that the first can be found while the last are still being added.
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
