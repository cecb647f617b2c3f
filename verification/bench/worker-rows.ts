// Made-up workers as matching keeps them, and the searches that a client would send about them.
import type { Instant } from '@muster/contracts/kernel/time';
import type { InputOf } from '@muster/contracts/kernel/route';
import type { searchWorkers } from '@muster/contracts/matching/jobs.routes';
import { openPool } from '@muster/platform/database/pool';
import { places } from '@muster/reference/places';
import { civilDateOf, DAY_MS, dayNumber, weekdayOf } from '@muster/contracts/kernel/civil-time';
import type { WorkerDocument } from '../../apps/matching/src/search/worker-document';
import { makeWorker, randomFrom, TODAY, tradesByUse, townsByPopulation } from './synthetic-workers';

export type SearchBody = InputOf<typeof searchWorkers>['body'];

const BATCH = 2000;
const SEED = 7;

/** The made-up market is of one day; the service's clock is of another. */
const shift = dayNumber(new Date().toISOString().slice(0, 10) as never) - TODAY;

/** The same `count` people at every call, with what the table does not hold yet as the service takes it to be. */
export function* storedWorkers(count: number): Generator<WorkerDocument> {
  const random = randomFrom(SEED);
  for (let made = 0; made < count; made += 1) {
    const one = makeWorker(random);
    const { availability } = one;
    const updatedAt = later(one.calendarUpdatedAt ?? one.joinedAt);
    yield {
      ...one,
      preferredDays: null,
      pendingInvites: 0,
      calendarUpdatedAt: updatedAt,
      joinedAt: later(one.joinedAt),
      availability: {
        ...availability,
        exceptions: availability.exceptions.map(({ date, free }) => ({ date: civilDateOf(dayNumber(date) + shift), free })),
        freeUntil: availability.freeUntil === null ? null : later(availability.freeUntil),
        bookings: [],
      },
      stats: {
        asOf: updatedAt.slice(0, 10) as WorkerDocument['stats']['asOf'],
        reviewStars: 0, reviews: 0, answeredInTime: 0, invites: 0, commitments: 0, shows: 0, lateCancels: 0,
      },
      verifications: 0,
    };
  }
}

function later(instant: Instant): Instant {
  return new Date(Date.parse(instant) + shift * DAY_MS).toISOString() as Instant;
}

/** @param url of the tables' owner; who was there is gone */
export async function fillWorkers(url: string, count: number): Promise<void> {
  const client = openPool({ url, applicationName: 'bench', size: 1, statementTimeoutMs: 60_000, onIdleError: () => undefined });
  try {
    await client.query('truncate worker_documents');
    let rows: object[] = [];
    const flush = async (): Promise<void> => {
      const text = `insert into worker_documents select * from jsonb_populate_recordset(null::worker_documents, $1::jsonb)`;
      await client.query(text, [JSON.stringify(rows)]);
      rows = [];
    };
    for (const worker of storedWorkers(count)) if (rows.push(rowOf(worker)) === BATCH) await flush();
    if (rows.length > 0) await flush();
    await client.query('analyze worker_documents');
  } finally {
    await client.end();
  }
}

function rowOf(worker: WorkerDocument): object {
  const { availability } = worker;
  return {
    person_id: worker.personId,
    display_name: `Worker ${worker.personId.slice(-6)}`,
    photo_id: null,
    cell_latitude: worker.cell.latitude,
    cell_longitude: worker.cell.longitude,
    zone: 'Asia/Kolkata',
    travel_radius_km: worker.travelRadiusKm,
    skills: worker.skills,
    currency: 'INR',
    day_rate: worker.askPay,
    floor_rate: worker.floorPay,
    languages: worker.languages,
    weekly: availability.weekly,
    exceptions: availability.exceptions,
    free_until: availability.freeUntil,
    availability_updated_at: worker.calendarUpdatedAt,
    joined_at: worker.joinedAt,
    changed_at: worker.calendarUpdatedAt,
  };
}

/** As contractors ask, by where people live and which trades are common. */
export function searchBodies(count: number): SearchBody[] {
  const random = randomFrom(11);
  const whole = (from: number, to: number): number => from + Math.floor(random() * (to - from + 1));
  const today = TODAY + shift;
  return Array.from({ length: count }, () => ({
    placeId: townsByPopulation(random()).id as SearchBody['placeId'],
    radiusKm: ([10, 25, 50, 50, 50, null] as const)[whole(0, 5)] as SearchBody['radiusKm'],
    trade: tradesByUse(random()) as SearchBody['trade'],
    minimumLevel: whole(1, 3) as SearchBody['minimumLevel'],
    days: daysFrom(today + whole(1, 40), whole(1, 10)),
    pay: { amount: 60_000 + whole(0, 60) * 1000, currency: 'INR' as const, basis: 'day' as const },
    language: random() < 0.1 ? ('mr' as const) : null,
    limit: 20,
  }));
}

function daysFrom(first: number, count: number): SearchBody['days'] {
  const days: SearchBody['days'] = [];
  for (let day = first; days.length < count; day += 1) if (weekdayOf(day) !== 7) days.push(civilDateOf(day));
  return days;
}

export function pointOf(placeId: string): { latitude: number; longitude: number } {
  byId ??= new Map([...places()].map((place) => [place.id as string, place.point]));
  const point = byId.get(placeId);
  if (!point) throw new Error(`no place ${placeId}`);
  return point;
}
let byId: Map<string, { latitude: number; longitude: number }> | undefined;
