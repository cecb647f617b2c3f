import { addDays } from '@muster/contracts/kernel/civil-time';
import type { PersonId } from '@muster/contracts/kernel/ids';
import type { Point } from '@muster/contracts/kernel/place';
import { availabilityInput, workerProfileInput } from '@muster/contracts/user/views';
import { place, places } from '@muster/reference/places';
import type { Place } from '@muster/reference/places';
import { siblingsOf, trades } from '@muster/reference/trades';
import type { z } from 'zod';
import { around, homeIn, homeNear, quarters } from './neighbourhoods';
import { Seeded, weighted } from './seeded';
import { commonTrades, familyNames, firms, givenNames, languagesOf } from './words';

export interface DemoAccount {
  readonly personId: PersonId;
  readonly email: string;
  readonly dateOfBirth: string;
  readonly locale: 'en' | 'hi';
  /** Days since joining. Most people joined long ago; some joined this month and are shown as new. */
  readonly joinedDaysAgo: number;
}

export interface DemoWorker extends DemoAccount {
  /** A point within the place that the profile names. */
  readonly home: Point;
  readonly calendarDaysOld: number;
  readonly profile: z.output<typeof workerProfileInput>;
  readonly availability: z.output<typeof availabilityInput>;
}

export interface DemoContractor extends DemoAccount {
  readonly displayName: string;
  readonly placeId: string;
}

export interface DemoMarket {
  readonly workers: readonly DemoWorker[];
  readonly contractors: readonly DemoContractor[];
  /** The two accounts that a visitor signs in as; both are among the people above. */
  readonly named: { readonly worker: DemoWorker; readonly contractor: DemoContractor };
}

const workerCount = 1200;
/** The town of the two named accounts and the first firms, where a visitor looks first. */
const home = '1262180';
const homeShare = 0.25;
const firmsAtHome = 3;
/** A domain reserved by RFC 2606, which never receives mail. */
export const domain = 'demo.example';

/** Makes a market of synthetic people, which is the same for a whole day. Larger towns have more workers. */
export function demoMarket(today: string): DemoMarket {
  const seeded = new Seeded(20_261_122);
  const towns = [...places()].filter(({ country, population }) => country === 'IN' && population > 0);
  const nagpur = place(home) ?? towns[0];
  if (!nagpur) throw new Error('the gazetteer is empty');
  const townOf = weighted(towns, ({ population }) => population);
  const nearHome = weighted(around(nagpur, towns, 35), ({ population }) => Math.sqrt(population));
  const tradeOf = weighted(trades(), ({ id }) => commonTrades[id] ?? 0.15);
  const workers = Array.from({ length: workerCount }, (_, at) => {
    const town = seeded.chance(homeShare) ? nearHome(seeded) : townOf(seeded);
    return workerIn(town, `worker${String(at + 1).padStart(4, '0')}`, tradeOf(seeded).id, seeded, today);
  });
  const worker = namedWorker(nagpur, seeded, today);
  const cities = [...Array.from({ length: firmsAtHome }, () => nagpur), ...towns.slice(0, firms.length)];
  const contractors = firms.map((firm, at) => contractorIn(cities[at] ?? nagpur, firm, at, seeded));
  const [contractor] = contractors;
  if (!contractor) throw new Error('there are no firms');
  return { workers: [worker, ...workers], contractors, named: { worker, contractor } };
}

function account(name: string, seeded: Seeded): DemoAccount {
  return {
    personId: seeded.id() as PersonId,
    email: `${name}@${domain}`,
    dateOfBirth: `${seeded.whole(1968, 2004)}-${two(seeded.whole(1, 12))}-${two(seeded.whole(1, 28))}`,
    locale: seeded.chance(0.7) ? 'hi' : 'en',
    joinedDaysAgo: seeded.chance(0.15) ? seeded.whole(1, 25) : seeded.whole(40, 900),
  };
}

function workerIn(town: Place, name: string, trade: string, seeded: Seeded, today: string): DemoWorker {
  // Most people name their neighbourhood, and some the town alone.
  const known = quarters().get(town.id) ?? [];
  const quarter = known.length > 0 && seeded.chance(0.9) ? seeded.pick(known) : undefined;
  const level = Math.min(5, 1 + Math.floor(seeded.next() * 2 + seeded.next() * 3));
  const years = level * 2 + seeded.whole(0, 6);
  const second = seeded.chance(0.3) ? siblingsOf(trade)[0] : undefined;
  const rate = dayRate(town, trade, level, seeded);
  return {
    ...account(name, seeded),
    home: quarter ? homeNear(quarter, seeded) : homeIn(town, seeded),
    calendarDaysOld: seeded.chance(0.5) ? seeded.whole(0, 2) : seeded.whole(3, 28),
    profile: workerProfileInput.parse({
      displayName: `${seeded.pick(givenNames)} ${seeded.pick(familyNames)}`,
      placeId: (quarter ?? town).id,
      travelRadiusKm: seeded.pick([10, 25, 25, 25, 50, 50, 50, 100]),
      skills: [{ trade, level, years }, ...(second ? [{ trade: second, level: Math.max(1, level - 1), years: Math.floor(years / 2) }] : [])],
      dayRate: { amount: rate, currency: 'INR' },
      floorRate: seeded.chance(0.6) ? { amount: Math.round((rate * 0.9) / 1000) * 1000, currency: 'INR' } : null,
      languages: [...(languagesOf[town.area] ?? ['hi']), ...(seeded.chance(0.1) ? ['en'] : [])].filter((code, at, all) => all.indexOf(code) === at),
    }),
    availability: availabilityInput.parse({
      weekly: [1, 2, 3, 4, 5, 6, 7].filter((day) => seeded.chance(day === 7 ? 0.6 : 0.85)),
      exceptions: seeded.chance(0.25) ? [{ date: addDays(today, seeded.whole(1, 14)), free: false }] : [],
    }),
  };
}

/** Paise: a helper earns some 450 ₹ in a small town, a master of a trade three times that in a metropolis. */
function dayRate({ population }: Place, trade: string, level: number, seeded: Seeded): number {
  const base = /helper|whitewasher|worker/.test(trade) ? 450 : 650;
  const size = 1 + Math.max(0, Math.log10(population) - 4) * 0.12;
  return Math.round((base * size * (1 + (level - 1) * 0.14) * (0.9 + seeded.next() * 0.2)) / 10) * 1000;
}

function namedWorker(town: Place, seeded: Seeded, today: string): DemoWorker {
  const worker = workerIn(town, 'worker', 'mason', seeded, today);
  const profile = { ...worker.profile, displayName: 'Ramesh Yadav', travelRadiusKm: 25, floorRate: null };
  const skills = [{ trade: 'mason', level: 4, years: 12 }];
  return {
    ...worker,
    locale: 'en',
    joinedDaysAgo: 420,
    calendarDaysOld: 0,
    profile: workerProfileInput.parse({ ...profile, skills, dayRate: { amount: 90_000, currency: 'INR' }, languages: ['hi', 'mr'] }),
    availability: availabilityInput.parse({ weekly: [1, 2, 3, 4, 5, 6, 7], exceptions: [] }),
  };
}

function contractorIn(town: Place, firm: string, at: number, seeded: Seeded): DemoContractor {
  return {
    ...account(at === 0 ? 'contractor' : `contractor${at + 1}`, seeded),
    locale: 'en',
    joinedDaysAgo: 300 + at * 50,
    displayName: firm,
    placeId: town.id,
  };
}

const two = (value: number): string => String(value).padStart(2, '0');
