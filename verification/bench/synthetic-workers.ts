// A made-up market on real towns, the same for the same seed: workers and searches by population, trades by how common they are.
import type { PersonId } from '@muster/contracts/kernel/ids';
import type { SkillLevel, TradeId } from '@muster/contracts/kernel/place';
import type { Instant, Weekday } from '@muster/contracts/kernel/time';
import { places } from '@muster/reference/places';
import { siblingsOf, trades } from '@muster/reference/trades';
import { civilDateOf, DAY_MS, weekdayOf } from '@muster/contracts/kernel/civil-time';
import type { Language, WorkerDocument } from '../../apps/matching/src/search/worker-document';
import type { WorkerSearch } from '../../apps/matching/src/search/worker-search';

export const TODAY = 20_779;
const LANGUAGES: Language[] = ['hi', 'en', 'mr', 'bn', 'ta', 'te'];

/** mulberry32: 32 bits of state, plenty for a made-up market. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function picker<T>(items: readonly T[], weightOf: (item: T, at: number) => number): (random: number) => T {
  const ends = new Float64Array(items.length);
  let sum = 0;
  items.forEach((item, at) => (ends[at] = sum += weightOf(item, at)));
  return (random) => {
    const wanted = random * sum;
    let low = 0;
    let high = items.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((ends[middle] as number) <= wanted) low = middle + 1;
      else high = middle;
    }
    return items[low] as T;
  };
}

const towns = [...places()].filter(({ country }) => country === 'IN');
export const townsByPopulation = picker(towns, ({ population }) => population);
// Zipf over an order with the common trades first.
const common = ['labourer', 'mason', 'carpenter', 'painter', 'electrician', 'plumber', 'bar-bender', 'mason-helper', 'tile-mason', 'shuttering-carpenter', 'welder'];
const tradeIds = [...common, ...trades().map(({ id }) => id).filter((id) => !common.includes(id))];
export const tradesByUse = picker(tradeIds, (_, at) => 1 / (at + 2));

function pointNear(random: () => number, town: (typeof towns)[number]) {
  // A town of a million is about 12 km across; denser towards the middle.
  const radiusKm = 12 * Math.sqrt(town.population / 1e6) * random() ** 0.7;
  const angle = 2 * Math.PI * random();
  return {
    latitude: town.point.latitude + (radiusKm * Math.sin(angle)) / 111,
    longitude: town.point.longitude + (radiusKm * Math.cos(angle)) / (111 * Math.cos((town.point.latitude * Math.PI) / 180)),
  };
}

const hex = (value: number, digits: number) => Math.floor(value).toString(16).padStart(digits, '0');
export const personId = (random: () => number) =>
  `0190${hex(random() * 65536, 4)}-${hex(random() * 65536, 4)}-7${hex(random() * 4096, 3)}-8${hex(random() * 4096, 3)}-${hex(random() * 2 ** 48, 12)}` as PersonId;

export function makeWorker(random: () => number): WorkerDocument {
  const whole = (from: number, to: number) => from + Math.floor(random() * (to - from + 1));
  const main = tradesByUse(random());
  const near = siblingsOf(main);
  const others = [near.length > 0 && random() < 0.6 ? (near[whole(0, near.length - 1)] as string) : tradesByUse(random()), tradesByUse(random())];
  const names = [...new Set([main, ...others.slice(0, random() < 0.5 ? 0 : whole(1, 2))])];
  const ask = 40_000 + whole(0, 80) * 1000;
  const commitments = random() < 0.4 ? 0 : whole(1, 60);
  const invites = random() < 0.4 ? 0 : random() * 30;
  const reviews = commitments * 0.5 * random();
  const ahead = () => civilDateOf(TODAY + whole(0, 100));
  return {
    personId: personId(random),
    active: true,
    adult: true,
    cell: pointNear(random, townsByPopulation(random())),
    travelRadiusKm: [5, 10, 15, 25, 25, 50, 100, 300][whole(0, 7)] as number,
    skills: names.map((trade) => ({ trade: trade as TradeId, level: Math.min(5, whole(1, 3) + whole(0, 2)) as SkillLevel, years: whole(0, 25) })),
    floorPay: Math.round(ask * (0.7 + 0.3 * random())),
    askPay: ask,
    languages: LANGUAGES.filter((_, at) => at === 0 || random() < 0.3),
    availability: {
      weekly: (random() < 0.8 ? [1, 2, 3, 4, 5, 6] : [1, 2, 3, 4, 5, 6, 7]) as Weekday[],
      exceptions: Array.from({ length: whole(0, 3) }, () => ({ date: ahead(), free: random() < 0.3 })),
      freeUntil: random() < 0.02 ? (new Date(TODAY * DAY_MS + random() * DAY_MS).toISOString() as Instant) : null,
      bookings: Array.from({ length: whole(0, 3) }, () => {
        const from = whole(0, 40);
        return { from: civilDateOf(TODAY + from), to: civilDateOf(TODAY + from + whole(0, 8)) };
      }),
    },
    preferredDays: random() < 0.3 ? whole(1, 20) : null,
    pendingInvites: Math.floor(4 * random() ** 3),
    calendarUpdatedAt: new Date((TODAY - random() * 60) * DAY_MS).toISOString() as Instant,
    stats: {
      asOf: civilDateOf(TODAY - whole(0, 30)),
      reviews, reviewStars: reviews * (3 + 2 * random()),
      invites, answeredInTime: invites * (0.3 + 0.7 * random()),
      commitments, shows: Math.floor(commitments * (0.8 + 0.2 * random())), lateCancels: 0,
    },
    verifications: whole(0, 4),
    blocks: [],
    joinedAt: new Date((TODAY - whole(0, 700)) * DAY_MS).toISOString() as Instant,
  };
}

/** Sites rest on Sundays, as most workers do. */
function workingDays(from: number, count: number) {
  const days = [];
  for (let day = from; days.length < count; day += 1) if (weekdayOf(day) !== 7) days.push(civilDateOf(day));
  return days;
}

/** A job for a contractor with a roster: half of them know nobody yet. */
export function makeSearch(random: () => number, people: readonly PersonId[], limit: number): WorkerSearch {
  const whole = (from: number, to: number) => from + Math.floor(random() * (to - from + 1));
  const start = whole(0, 40);
  const roster = random() < 0.5 ? 0 : whole(1, 30);
  return {
    contractorId: personId(random),
    site: pointNear(random, townsByPopulation(random())),
    radiusKm: [10, 25, 50, 50, 50, 100][whole(0, 5)] as number,
    trade: tradesByUse(random()) as TradeId,
    minimumLevel: whole(1, 3) as SkillLevel,
    days: workingDays(TODAY + start, whole(1, 10)),
    payPerDay: 60_000 + whole(0, 60) * 1000,
    language: random() < 0.1 ? 'mr' : null,
    limit,
    now: TODAY * DAY_MS + 9 * 3_600_000,
    today: civilDateOf(TODAY),
    familiarity: new Map(Array.from({ length: roster }, () => [people[whole(0, people.length - 1)] as PersonId, { times: whole(1, 4), mark: 'fine' as const }])),
  };
}
