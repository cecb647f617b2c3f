import type { OutboxRow } from './stores';
import { Rule, groupBy, same, type Evidence, type Verdict } from './verdict';

interface Profile {
  cell: { latitude: number; longitude: number };
  zone: string;
  travelRadiusKm: number;
  skills: unknown;
  dayRate: { amount: number; currency: string };
  floorRate: { amount: number };
  languages: string[];
  joinedAt: string;
}

/** The worker documents are what the events say: recomputed here from the producers' outboxes alone. */
export function checkProjection({ stores: { platform, domain } }: Evidence): Verdict[] {
  const rule = new Rule('worker documents equal their recomputation from the events');
  const names = new Map(domain.people.map(({ person_id, display_name }) => [person_id, display_name]));
  const sources = new Map(domain.worker_sources.map((row) => [`${row.person_id} ${row.source}`, row]));
  const documents = new Map(domain.worker_documents.map((row) => [row.person_id, row]));
  const told = groupBy([...platform.auth.outbox, ...platform.user.outbox], ({ aggregate_id }) => aggregate_id);
  for (const [person, events] of told) {
    const account = newest(events, 'auth.account.activated.v1');
    const hats = newest(events, 'auth.account.hats_changed.v1') ?? account;
    const profile = newest(events, 'user.worker_profile.changed.v1');
    const calendar = newest(events, 'user.availability.changed.v1');
    const named = profile && { ...profile, data: { ...profile.data, displayName: names.get(person) ?? null, photoId: null } };
    const expectSource = (source: string, event: OutboxRow | undefined, data: unknown) => {
      const row = sources.get(`${person} ${source}`);
      rule.expect(row?.version === event?.aggregate_version && same(row?.facts, data), () => `${source} of ${person} is kept as version ${row?.version}, told is ${event?.aggregate_version}: ${JSON.stringify(row?.facts)} / ${JSON.stringify(data)}`);
    };
    expectSource('account', account, account && { adult: account.data['adult'] });
    expectSource('hats', hats, hats && { hats: hats.data['hats'] });
    expectSource('profile', named, named?.data);
    expectSource('availability', calendar, calendar?.data);
    const isWorker = (hats?.data['hats'] as string[] | undefined)?.includes('worker') ?? false;
    const complete = isWorker && account?.data['adult'] === true && named && calendar;
    const expected = complete ? documentOf(person, named.data as unknown as Profile & { displayName: string }, calendar.data) : undefined;
    const row = documents.get(person);
    const found = row && { ...Object.fromEntries(Object.keys(expected ?? {}).map((key) => [key, instantAsNumber(key, row[key])])) };
    rule.expect(same(found, expected), () => `the document of ${person} is ${JSON.stringify(found)}, the events say ${JSON.stringify(expected)}`);
  }
  for (const person of documents.keys()) rule.expect(told.has(person), () => `a document of ${person}, of whom nothing was told`);
  return [rule.verdict];
}

function newest(events: readonly OutboxRow[], type: string): OutboxRow | undefined {
  return events.filter((event) => event.type === type).sort((a, b) => b.aggregate_version - a.aggregate_version)[0];
}

function documentOf(person: string, profile: Profile & { displayName: string }, calendar: Record<string, unknown>): Record<string, unknown> {
  const row: Record<string, unknown> = {
    person_id: person,
    display_name: profile.displayName,
    photo_id: null,
    cell_latitude: profile.cell.latitude,
    cell_longitude: profile.cell.longitude,
    zone: profile.zone,
    travel_radius_km: profile.travelRadiusKm,
    skills: profile.skills,
    currency: profile.dayRate.currency,
    day_rate: profile.dayRate.amount,
    floor_rate: profile.floorRate.amount,
    languages: profile.languages,
    weekly: calendar['weekly'],
    exceptions: calendar['exceptions'],
    free_until: calendar['freeUntil'],
    availability_updated_at: calendar['updatedAt'],
    joined_at: profile.joinedAt,
  };
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [key, instantAsNumber(key, value)]));
}

/** PostgreSQL and JSON write the same instant differently. */
function instantAsNumber(key: string, value: unknown): unknown {
  return typeof value === 'string' && /(_at|_until)$/.test(key) ? Date.parse(value) : value;
}
