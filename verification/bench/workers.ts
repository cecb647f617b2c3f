// A made-up market on real towns, the same for the same seed: workers and searches by population, trades by how common they are.
import { civilDateOf, DAY_MS, dayNumber, weekdayOf } from '@muster/contracts/kernel/civil-time';
import type { PersonId } from '@muster/contracts/kernel/ids';
import type { SkillLevel, TradeId } from '@muster/contracts/kernel/place';
import type { InputOf } from '@muster/contracts/kernel/route';
import type { CivilDate, Instant, Weekday } from '@muster/contracts/kernel/time';
import type { searchWorkers } from '@muster/contracts/matching/jobs.routes';
import { openPool } from '@muster/platform/database/pool';
import { places } from '@muster/reference/places';
import { siblingsOf, trades } from '@muster/reference/trades';
import type { Language, WorkerDocument } from '../../apps/matching/src/ranking/worker-document';
import type { WorkerSearch } from '../../apps/matching/src/ranking/worker-search';
import { radiusKmOf } from '../../apps/matching/src/site/distance.rules';
import { Random } from '../product/random';

export type SearchBody = InputOf<typeof searchWorkers>['body'];

const SEED = { workers: 7, searches: 11 };
const BATCH = 2000;
const LANGUAGES: Language[] = ['hi', 'en', 'mr', 'bn', 'ta', 'te'];
const TODAY = dayNumber(new Date().toISOString().slice(0, 10) as CivilDate);

/** Picks by weight: a number in [0, 1) leads to an item. */
function picker<T>(items: readonly T[], weightOf: (item: T, at: number) => number): (share: number) => T {
  let sum = 0;
  const ends = items.map((item, at) => (sum += weightOf(item, at)));
  return (share) => {
    let [low, high] = [0, items.length - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((ends[middle] as number) <= share * sum) low = middle + 1;
      else high = middle;
    }
    return items[low] as T;
  };
}

const towns = [...places()].filter(({ country }) => country === 'IN');
const townByPopulation = picker(towns, ({ population }) => population);
const pointOf = new Map(towns.map(({ id, point }) => [id as string, point]));
// Zipf over an order with the common trades first.
const common = ['labourer', 'mason', 'carpenter', 'painter', 'electrician', 'plumber', 'bar-bender', 'mason-helper', 'tile-mason', 'shuttering-carpenter', 'welder'];
const tradeByUse = picker([...new Set([...common, ...trades().map(({ id }) => id as string)])], (_, at) => 1 / (at + 2));

function pointNear(random: Random, town: (typeof towns)[number]): WorkerDocument['cell'] {
  // A town of a million is about 12 km across; denser towards the middle.
  const radiusKm = 12 * Math.sqrt(town.population / 1e6) * random.next() ** 0.7;
  const angle = 2 * Math.PI * random.next();
  return {
    latitude: town.point.latitude + (radiusKm * Math.sin(angle)) / 111,
    longitude: town.point.longitude + (radiusKm * Math.cos(angle)) / (111 * Math.cos((town.point.latitude * Math.PI) / 180)),
  };
}

function makeWorker(random: Random): WorkerDocument {
  const hex = (digits: number): string => Math.floor(random.next() * 16 ** digits).toString(16).padStart(digits, '0');
  const before = (days: number): Instant => new Date((TODAY - random.next() * days) * DAY_MS).toISOString() as Instant;
  const main = tradeByUse(random.next());
  const other = random.chance(0.6) ? (random.pickIfAny(siblingsOf(main)) ?? main) : tradeByUse(random.next());
  const known = new Set(random.chance(0.5) ? [main] : [main, other, tradeByUse(random.next())].slice(0, random.whole(2, 3)));
  const askPay = 40_000 + random.whole(0, 80) * 1000;
  const calendarUpdatedAt = before(60);
  return {
    personId: `0190${hex(4)}-${hex(4)}-7${hex(3)}-8${hex(3)}-${hex(12)}` as PersonId,
    active: true,
    adult: true,
    cell: pointNear(random, townByPopulation(random.next())),
    travelRadiusKm: random.pickIfAny([5, 10, 15, 25, 25, 50, 100, 300]) as number,
    skills: [...known].map((trade) => ({ trade: trade as TradeId, level: Math.min(5, random.whole(1, 3) + random.whole(0, 2)) as SkillLevel, years: random.whole(0, 25) })),
    floorPay: Math.round(askPay * (0.7 + 0.3 * random.next())),
    askPay,
    languages: LANGUAGES.filter((_, at) => at === 0 || random.chance(0.3)),
    availability: {
      weekly: (random.chance(0.8) ? [1, 2, 3, 4, 5, 6] : [1, 2, 3, 4, 5, 6, 7]) as Weekday[],
      exceptions: Array.from({ length: random.whole(0, 3) }, () => ({ date: civilDateOf(TODAY + random.whole(0, 100)), free: random.chance(0.3) })),
      freeUntil: random.chance(0.02) ? (new Date((TODAY + random.next()) * DAY_MS).toISOString() as Instant) : null,
      bookings: [],
    },
    preferredDays: null,
    pendingInvites: 0,
    calendarUpdatedAt,
    // As the service takes it to be while nothing is counted.
    stats: { asOf: calendarUpdatedAt.slice(0, 10) as CivilDate, reviewStars: 0, reviews: 0, answeredInTime: 0, invites: 0, commitments: 0, shows: 0, lateCancels: 0 },
    verifications: 0,
    blocks: [],
    joinedAt: before(700),
  };
}

/** The same `count` people at every call, a few thousand at a time: a million of them don't fit. */
export function* workersOf(count: number): Generator<WorkerDocument[]> {
  const random = new Random(SEED.workers);
  for (let made = 0; made < count; made += BATCH) yield Array.from({ length: Math.min(BATCH, count - made) }, () => makeWorker(random));
}

/** @param url of the tables' owner; who was there is gone */
export async function fillWorkers(url: string, count: number): Promise<void> {
  const client = openPool({ url, applicationName: 'bench', size: 1, statementTimeoutMs: 60_000, onIdleError: () => undefined });
  try {
    await client.query('truncate worker_documents');
    for (const some of workersOf(count)) {
      await client.query('insert into worker_documents select * from jsonb_populate_recordset(null::worker_documents, $1::jsonb)', [JSON.stringify(some.map(rowOf))]);
    }
    await client.query('analyze worker_documents');
  } finally {
    await client.end();
  }
}

function rowOf({ personId, cell, availability, ...worker }: WorkerDocument): object {
  return {
    person_id: personId, display_name: `Worker ${personId.slice(-6)}`, photo_id: null,
    cell_latitude: cell.latitude, cell_longitude: cell.longitude, zone: 'Asia/Kolkata', travel_radius_km: worker.travelRadiusKm,
    skills: worker.skills, currency: 'INR', day_rate: worker.askPay, floor_rate: worker.floorPay, languages: worker.languages,
    weekly: availability.weekly, exceptions: availability.exceptions, free_until: availability.freeUntil,
    availability_updated_at: worker.calendarUpdatedAt, joined_at: worker.joinedAt, changed_at: worker.calendarUpdatedAt,
  };
}

/** As contractors ask, by where people live and which trades are common. */
export function searchBodies(count: number): SearchBody[] {
  const random = new Random(SEED.searches);
  return Array.from({ length: count }, () => ({
    placeId: townByPopulation(random.next()).id as SearchBody['placeId'],
    radiusKm: random.pickIfAny([10, 25, 50, 50, 50, null]) as SearchBody['radiusKm'],
    trade: tradeByUse(random.next()) as SearchBody['trade'],
    minimumLevel: random.whole(1, 3) as SearchBody['minimumLevel'],
    days: workingDays(TODAY + random.whole(1, 40), random.whole(1, 10)),
    pay: { amount: 60_000 + random.whole(0, 60) * 1000, currency: 'INR' as const, basis: 'day' as const },
    language: random.chance(0.1) ? ('mr' as const) : null,
    limit: 20,
  }));
}

/** Sites rest on Sundays, as most workers do. */
function workingDays(first: number, count: number): SearchBody['days'] {
  const days: SearchBody['days'] = [];
  for (let day = first; days.length < count; day += 1) if (weekdayOf(day) !== 7) days.push(civilDateOf(day));
  return days;
}

/** What the service asks its index for such a body. */
export function asSearch(body: SearchBody): WorkerSearch {
  const now = Date.now();
  return {
    contractorId: '01900000-0000-7000-8000-000000000000' as PersonId,
    site: pointOf.get(body.placeId) as WorkerSearch['site'], radiusKm: radiusKmOf(body.radiusKm), trade: body.trade, minimumLevel: body.minimumLevel, days: body.days,
    payPerDay: body.pay.amount, language: body.language, limit: body.limit, now, today: new Date(now + 5.5 * 3_600_000).toISOString().slice(0, 10) as CivilDate,
  };
}
