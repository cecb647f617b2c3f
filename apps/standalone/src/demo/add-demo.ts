import { Clock } from '@muster/platform/clock/clock';
import type { ServiceName, SessionId } from '@muster/contracts/kernel/ids';
import type { JobId } from '@muster/contracts/matching/ids';
import { JobsController } from '@muster/matching/jobs/jobs.controller';
import type { AuthenticatedPerson } from '@muster/platform/auth/principal';
import { fingerprintOf } from '@muster/platform/database/idempotency';
import type { Service } from '@muster/platform/service/service';
import { asService } from '@muster/platform/tracing/scope';
import { addAccounts, addProfiles, hashesFor } from './add-people';
import { demoMarket } from './market';
import type { DemoContractor, DemoMarket } from './market';

type Services = Record<ServiceName, Pick<Service, 'app'>>;

const workersAtOnce = 100;

/**
 * Adds the market to the services' own tables with the events that tell of it, so that every projection follows by
 * itself. Can be repeated; what is there stays.
 *
 * @param passwordOf the password of a named account
 * @returns the two accounts to sign in with
 */
export async function addDemo(services: Services, today: string, passwordOf: (name: string) => string): Promise<DemoMarket['named']> {
  const market = demoMarket(today);
  const hashOf = await asService('auth', () => hashesFor(services.auth, market.named, passwordOf));
  // Some at a time: what follows from the events is done in their order, so the first are found while the last arrive.
  for (let at = 0; at < market.workers.length; at += workersAtOnce) {
    const people = { workers: market.workers.slice(at, at + workersAtOnce), contractors: at === 0 ? market.contractors : [] };
    await asService('auth', () => addAccounts(services.auth, people, hashOf));
    await asService('user', () => addProfiles(services.user, people));
  }
  const jobs = services.matching.app.get(JobsController, { strict: false });
  await asService('matching', async () => {
    for (const contractor of market.contractors) await addJobs(jobs, contractor);
  });
  return market.named;
}

/** Described and opened as the contractor would; the key makes a repeat answer with the job that is there. */
async function addJobs(controller: JobsController, contractor: DemoContractor): Promise<void> {
  const me = principal(contractor);
  for (const [at, body] of contractor.jobs.entries()) {
    const fingerprint = fingerprintOf({ params: {}, query: {}, body: at });
    const once = { personId: me.personId, routeId: 'matching.describeJob', key: `demo-${at}`, fingerprint, limits: [], newUntil: null };
    const described = await controller.describe(me, { body } as Parameters<JobsController['describe']>[1], once);
    const params = { jobId: described.jobId as JobId };
    const { state, version } = await controller.read(me, { params } as Parameters<JobsController['read']>[1]);
    if (state === 'draft') await controller.open(me, { params } as Parameters<JobsController['open']>[1], version);
  }
}

/** The person as their own access token would name them. */
function principal({ personId }: DemoContractor): AuthenticatedPerson {
  const issuedAt = Math.floor(new Clock().now().getTime() / 1000);
  return {
    kind: 'person',
    personId,
    sessionId: personId as string as SessionId,
    roles: ['contractor'],
    newUntil: null,
    tokenId: 'demo',
    issuedAt,
    expiresAt: issuedAt + 300,
  };
}
