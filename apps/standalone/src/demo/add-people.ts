import { randomInt } from 'node:crypto';
import { emailKeyOf } from '@muster/auth/accounts/account.rules';
import { PasswordHasher } from '@muster/auth/passwords/password-hasher';
import { accountActivated } from '@muster/contracts/auth/events';
import type { Hat } from '@muster/contracts/auth/views';
import { DAY_MS } from '@muster/contracts/kernel/civil-time';
import type { Zone } from '@muster/contracts/kernel/time';
import { availabilityChanged, contractorProfileChanged, workerProfileChanged } from '@muster/contracts/user/events';
import { Clock } from '@muster/platform/clock/clock';
import { Database } from '@muster/platform/database/database';
import type { Service } from '@muster/platform/service/service';
import { place } from '@muster/reference/places';
import { factsOf as factsOfCalendar } from '@muster/user/availability/publish-calendar';
import { factsOf as factsOfProfile } from '@muster/user/profiles/publish-worker-profile';
import { addFirstFacts, addRows } from './bulk.repository';
import type { DemoAccount, DemoMarket, DemoWorker } from './market';

type Application = Pick<Service, 'app'>;

/** Which password hash an account gets. The unnamed share one, which the demo signs in with when they answer. */
export async function hashesFor({ app }: Application, named: DemoMarket['named'], passwordOf: (name: string) => string): Promise<HashOf> {
  const hasher = app.get(PasswordHasher, { strict: false });
  const shared = await hasher.hashPassword(passwordOf(everybody));
  const known = new Map<string, string>();
  for (const [name, { personId }] of Object.entries(named)) known.set(personId, await hasher.hashPassword(passwordOf(name)));
  return ({ personId }) => known.get(personId) ?? shared;
}

/** The name under which the password of the unnamed is kept. */
export const everybody = 'everybody';

export type HashOf = (account: DemoAccount) => string;
type People = Pick<DemoMarket, 'workers' | 'contractors'>;

/** Accounts that are confirmed, with the event that says so. */
export async function addAccounts({ app }: Application, market: People, hashOf: HashOf): Promise<void> {
  const people = [...withHat(market.workers, 'worker'), ...withHat(market.contractors, 'contractor')];
  const now = new Clock().now();
  await app.get(Database, { strict: false }).transaction(async (tx) => {
    const rows = people.map(({ account, hat }) => ({
      person_id: account.personId,
      email: account.email,
      email_key: emailKeyOf(account.email),
      password_hash: hashOf(account),
      date_of_birth: account.dateOfBirth,
      locale: account.locale,
      state: 'active',
      hats: [hat],
      grants: [],
      created_at: joinedAt(account, now),
      activated_at: joinedAt(account, now),
    }));
    await addRows(tx, 'accounts', rows);
    const facts = people.map(({ account, hat }) => ({
      aggregateId: account.personId,
      data: { adult: true as const, hats: [hat], locale: account.locale },
    }));
    await addFirstFacts(tx, accountActivated, facts);
  });
}

const daysBefore = (now: Date, days: number): Date => new Date(now.getTime() - days * DAY_MS);
const joinedAt = ({ joinedDaysAgo }: DemoAccount, now: Date): Date => daysBefore(now, joinedDaysAgo);

const withHat = (accounts: readonly DemoAccount[], hat: Hat) => accounts.map((account) => ({ account, hat }));

/** Profiles and calendars as their owners would have written them, with the events that tell of them. */
export async function addProfiles({ app }: Application, market: People): Promise<void> {
  const now = new Clock().now();
  const workers = market.workers.map((worker) => asSaved(worker, now));
  await app.get(Database, { strict: false }).transaction(async (tx) => {
    const person = (personId: string, name: string, joined: Date) => ({ person_id: personId, display_name: name, photo_id: null, joined_at: joined, erased_at: null });
    await addRows(tx, 'people', [
      ...workers.map(({ profile }) => person(profile.personId, profile.displayName, profile.joinedAt)),
      ...market.contractors.map((firm) => person(firm.personId, firm.displayName, joinedAt(firm, now))),
    ]);
    await addRows(tx, 'worker_profiles', workers.map(({ profile }) => profileRow(profile, now)));
    await addRows(tx, 'skills', workers.flatMap(({ profile }) => profile.skills.map((skill) => ({ person_id: profile.personId, ...skill }))));
    await addRows(tx, 'availability', workers.map(({ profile, calendar }) => ({
      person_id: profile.personId, weekly: calendar.weekly, free_until: null, version: 1, updated_at: calendar.updatedAt,
    })));
    await addRows(tx, 'availability_exceptions', workers.flatMap(({ profile, calendar }) =>
      calendar.exceptions.map((exception) => ({ person_id: profile.personId, ...exception })),
    ));
    await addRows(tx, 'contractor_profiles', market.contractors.map(({ personId, placeId }) => ({
      person_id: personId, place_id: placeId, version: 1, created_at: now, updated_at: now,
    })));
    await addFirstFacts(tx, workerProfileChanged, workers.map(({ profile }) => ({ aggregateId: profile.personId, data: factsOfProfile(profile) })));
    await addFirstFacts(tx, availabilityChanged, workers.map(({ profile, calendar }) => ({
      aggregateId: profile.personId, data: factsOfCalendar(calendar, profile.zone),
    })));
    await addFirstFacts(tx, contractorProfileChanged, market.contractors.map((firm) => ({
      aggregateId: firm.personId, data: { joinedAt: joinedAt(firm, now).toISOString() },
    })));
  });
}

type Saved = ReturnType<typeof asSaved>;

function asSaved(worker: DemoWorker, now: Date) {
  const { personId, profile, availability, home } = worker;
  const town = place(profile.placeId);
  if (!town) throw new Error(`${profile.placeId} is not in the gazetteer`);
  const thrown = (): number => randomInt(1_000_000) / 1_000_000 - 0.5;
  return {
    profile: {
      ...profile, personId, joinedAt: joinedAt(worker, now), home, jitter: { north: thrown(), east: thrown() },
      zone: town.zone as Zone, version: 1, updatedAt: now,
    },
    calendar: { ...availability, freeUntil: null, version: 1, updatedAt: daysBefore(now, worker.calendarDaysOld) },
  };
}

const profileRow = (profile: Saved['profile'], now: Date) => ({
  person_id: profile.personId,
  place_id: profile.placeId,
  home_latitude: profile.home.latitude,
  home_longitude: profile.home.longitude,
  jitter_north: profile.jitter.north,
  jitter_east: profile.jitter.east,
  zone: profile.zone,
  travel_radius_km: profile.travelRadiusKm,
  currency: profile.dayRate.currency,
  day_rate: profile.dayRate.amount,
  floor_rate: profile.floorRate?.amount ?? null,
  languages: profile.languages,
  version: 1,
  created_at: now,
  updated_at: now,
});
