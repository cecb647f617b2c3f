import { randomBytes } from 'node:crypto';
import { AccountsRepository } from '@muster/auth/accounts/accounts.repository';
import { emailKeyOf } from '@muster/auth/accounts/account.rules';
import { PasswordHasher } from '@muster/auth/passwords/password-hasher';
import { accountActivated } from '@muster/contracts/auth/events';
import type { Hat } from '@muster/contracts/auth/views';
import type { ServiceName, SessionId } from '@muster/contracts/kernel/ids';
import type { JobId } from '@muster/contracts/matching/ids';
import { JobsController } from '@muster/matching/jobs/jobs.controller';
import type { AuthenticatedPerson } from '@muster/platform/auth/principal';
import { Database } from '@muster/platform/database/database';
import { fingerprintOf } from '@muster/platform/database/idempotency';
import { Outbox } from '@muster/platform/messaging/outbox';
import type { Service } from '@muster/platform/service/service';
import { asService } from '@muster/platform/tracing/scope';
import { AvailabilityController } from '@muster/user/availability/availability.controller';
import { ProfilesController } from '@muster/user/profiles/profiles.controller';
import type { Type } from '@nestjs/common';
import { demoMarket } from './market';
import type { DemoAccount, DemoContractor, DemoMarket, DemoWorker } from './market';

type Services = Record<ServiceName, Pick<Service, 'app'>>;

const accountsAtOnce = 200;
/** As many as a service has connections. */
const peopleAtOnce = 8;

/**
 * Adds the market through the services' own doors: accounts with their events, then profiles, calendars and jobs as
 * their owners would write them. Can be repeated; what is there stays.
 *
 * @param passwordOf the password of a named account
 * @returns the two accounts to sign in with
 */
export async function addDemo(services: Services, today: string, passwordOf: (name: string) => string): Promise<DemoMarket['named']> {
  const market = demoMarket(today);
  await asService('auth', () => addAccounts(services, market, passwordOf));
  await asService('user', () => addProfiles(services, market));
  await asService('matching', () => addJobs(services, market));
  return market.named;
}

const provided = <Provider>(services: Services, service: ServiceName, type: Type<Provider>): Provider => services[service].app.get(type, { strict: false });

async function addAccounts(services: Services, market: DemoMarket, passwordOf: (name: string) => string): Promise<void> {
  const accounts = provided(services, 'auth', AccountsRepository);
  const database = provided(services, 'auth', Database);
  const outbox = provided(services, 'auth', Outbox);
  const hasher = provided(services, 'auth', PasswordHasher);
  // Nobody signs in as the others: they share a password that nobody knows.
  const unknown = await hasher.hash(randomBytes(32).toString('base64url'));
  const hashes = new Map<string, string>();
  for (const [name, { personId }] of Object.entries(market.named)) hashes.set(personId, await hasher.hash(passwordOf(name)));
  const people: { account: DemoAccount; hat: Hat }[] = [
    ...market.workers.map((account) => ({ account, hat: 'worker' as const })),
    ...market.contractors.map((account) => ({ account, hat: 'contractor' as const })),
  ];
  for (let at = 0; at < people.length; at += accountsAtOnce) {
    const some = people.slice(at, at + accountsAtOnce);
    const present = new Set((await accounts.contactsOf(some.map(({ account }) => account.personId))).map((row) => row.person_id));
    const now = new Date();
    await database.transaction(async (tx) => {
      for (const { account, hat } of some.filter((one) => !present.has(one.account.personId))) {
        await accounts.add(tx, {
          person_id: account.personId,
          email: account.email,
          email_key: emailKeyOf(account.email),
          password_hash: hashes.get(account.personId) ?? unknown,
          date_of_birth: account.dateOfBirth,
          locale: account.locale,
          state: 'active',
          hats: [hat],
          created_at: now,
          activated_at: now,
        });
        await outbox.add(tx, accountActivated, { aggregateId: account.personId, data: { adult: true, hats: [hat], locale: account.locale } });
      }
    });
  }
}

async function addProfiles(services: Services, market: DemoMarket): Promise<void> {
  const profiles = provided(services, 'user', ProfilesController);
  const calendars = provided(services, 'user', AvailabilityController);
  await sideBySide(market.workers, async (worker: DemoWorker) => {
    const me = principal(worker, 'worker');
    await profiles.writeWorker(me, { body: worker.profile } as Parameters<ProfilesController['writeWorker']>[1]);
    await calendars.save(me, { body: worker.availability } as Parameters<AvailabilityController['save']>[1]);
  });
  await sideBySide(market.contractors, async (contractor: DemoContractor) => {
    const body = { displayName: contractor.displayName, placeId: contractor.placeId };
    await profiles.writeContractor(principal(contractor, 'contractor'), { body } as Parameters<ProfilesController['writeContractor']>[1]);
  });
}

async function addJobs(services: Services, market: DemoMarket): Promise<void> {
  const controller = provided(services, 'matching', JobsController);
  await sideBySide(market.contractors, async (contractor) => {
    const me = principal(contractor, 'contractor');
    for (const [at, body] of contractor.jobs.entries()) {
      const once = { personId: me.personId, routeId: 'matching.describeJob', key: `demo-${at}`, fingerprint: fingerprintOf({ params: {}, query: {}, body: at }) };
      const { jobId, version, state } = await controller.describe(me, { body } as Parameters<JobsController['describe']>[1], once);
      if (state === 'draft') await open(controller, me, jobId as JobId, version);
    }
  });
}

/** A repeat is told of the draft that was opened meanwhile. */
async function open(controller: JobsController, me: AuthenticatedPerson, jobId: JobId, version: number): Promise<void> {
  const now = await controller.read(me, { params: { jobId } } as Parameters<JobsController['read']>[1]);
  if (now.state === 'draft') await controller.open(me, { params: { jobId } } as Parameters<JobsController['open']>[1], version);
}

/** The person as their own access token would name them. */
function principal(account: DemoAccount, hat: Hat): AuthenticatedPerson {
  const issuedAt = Math.floor(Date.now() / 1000);
  return {
    kind: 'person',
    personId: account.personId,
    sessionId: account.personId as string as SessionId,
    roles: [hat],
    tokenId: 'demo',
    issuedAt,
    expiresAt: issuedAt + 300,
  };
}

async function sideBySide<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const waiting = items[Symbol.iterator]();
  await Promise.all(
    Array.from({ length: peopleAtOnce }, async () => {
      for (let next = waiting.next(); !next.done; next = waiting.next()) await work(next.value);
    }),
  );
}
