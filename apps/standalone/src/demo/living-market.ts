import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PersonId } from '@muster/contracts/kernel/ids';
import { LiveIndex } from '@muster/matching/search/live-index';
import { Clock } from '@muster/platform/clock/clock';
import { Database } from '@muster/platform/database/database';
import { asService } from '@muster/platform/tracing/scope';
import { writeWhole } from '../data-files';
import type { Progress } from '../progress';
import type { Secrets } from '../secrets';
import type { RunningServices } from '../start-services';
import { addDemo } from './add-demo';
import { everybody } from './add-people';
import { AnsweringPeople } from './answering-people';
import { accountsAt, waitingInvites } from './bulk.repository';
import { DemoDoor } from './demo-door';
import { DemoPerson } from './demo-person';
import { demoMarket, domain } from './market';
import type { DemoMarket } from './market';
import { playScenes } from './scenes';
import { demoNote } from './sign-ins';
import { Stage } from './stage';

export interface DemoParts {
  /** The data folder, where the demo records what it has added. */
  folder: string;
  /** A private folder with a short path, for a socket. */
  socketFolder: string;
  origin: string;
  services: RunningServices;
  secrets: Secrets;
  progress: Progress;
}

const zone = 'Asia/Kolkata';
const foundWithinMs = 300_000;
const tellEveryMs = 5000;

/**
 * Opens the market that `--demo` adds: its people can be found, the two named accounts have work today, and people who
 * are asked answer. People are added once per data folder, today's work once per day.
 *
 * @returns a function that ends it
 */
export async function openLivingMarket(parts: DemoParts): Promise<() => Promise<void>> {
  const { folder, services, secrets, progress } = parts;
  const today = new Clock().today(zone);
  const market = demoMarket(today);
  const note = demoNote(folder);
  if (!existsSync(note)) {
    progress.say('Adding a small market …');
    await addDemo(services.all, market, today, (name) => secrets.demoPassword(name));
    await untilFound(parts, market.workers.length);
    writeWhole(note, JSON.stringify(Object.entries(market.named).map(([hat, { email }]) => ({ hat, email }))));
    progress.done('demo market');
  }
  const door = await DemoDoor.open(parts.socketFolder, services.all, parts.origin);
  try {
    const { personOf, all } = await demoPeople(parts, door, market);
    await playToday(parts, market, today, (account) => personOf(account.personId));
    const people = new AnsweringPeople(services.events, (id) => (all.has(id) ? personOf(id) : undefined));
    people.asked(await asService('matching', () => waitingInvites(services.all.matching.app.get(Database, { strict: false }))));
    return async () => {
      people.stop();
      await door.close();
    };
  } catch (error) {
    await door.close();
    throw error;
  }
}

/** Waits until the search has applied the events about the people, so that a visitor finds them right after the start. */
async function untilFound({ services, progress }: DemoParts, count: number): Promise<void> {
  const index = services.all.matching.app.get(LiveIndex, { strict: false });
  let told = performance.now();
  for (const end = performance.now() + foundWithinMs; performance.now() < end; await sleep(50)) {
    const found = index.generation?.index.size ?? 0;
    if (found >= count) return;
    if (performance.now() - told < tellEveryMs) continue;
    told = performance.now();
    progress.say(`${found} of ${count} workers can be found by now …`);
  }
}

interface People {
  personOf(id: PersonId): DemoPerson;
  /** All people but the two named ones, whom a visitor plays. */
  all: ReadonlySet<PersonId>;
}

async function demoPeople({ services, secrets }: DemoParts, door: DemoDoor, { named }: DemoMarket): Promise<People> {
  const accounts = await asService('auth', () => accountsAt(services.all.auth.app.get(Database, { strict: false }), domain));
  const emails = new Map(accounts.map(({ personId, email }) => [personId, email]));
  const nameOf = new Map<string, string>(Object.entries(named).map(([name, { email }]) => [email, name]));
  const people = new Map<PersonId, DemoPerson>();
  return {
    all: new Set(accounts.filter(({ email }) => !nameOf.has(email)).map(({ personId }) => personId)),
    personOf: (id) => {
      const email = emails.get(id) ?? '';
      const person = people.get(id) ?? new DemoPerson(door, email, secrets.demoPassword(nameOf.get(email) ?? everybody));
      people.set(id, person);
      return person;
    },
  };
}

/** Adds the work of today once. An interrupted day is repeated; existing work stays. */
async function playToday({ folder, progress }: DemoParts, market: DemoMarket, today: string, personOf: (account: { personId: PersonId }) => DemoPerson): Promise<void> {
  const note = join(folder, 'demo-day');
  if (existsSync(note) && readFileSync(note, 'utf8') === today) return;
  await playScenes(new Stage(today, personOf), market);
  await Promise.all(Object.values(market.named).map((account) => personOf(account).signOut()));
  writeWhole(note, today);
  progress.done('today in the demo market');
}
