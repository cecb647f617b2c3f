// What the platform promises of events: each with its row, numbered, received, done once, and what follows from them.
import { conversationOf } from '@muster/contracts/communication/conversation-of';
import type { PersonId } from '@muster/contracts/kernel/ids';
import type { JobId } from '@muster/contracts/matching/ids';
import { groupBy, same, type Evidence, type Expect, type Rules } from './evidence';
import type { OutboxRow } from './stores';

/** An event exists if and only if the row change of its transaction does, compared in the databases themselves. */
function checkEvents({ stores: { domain, platform } }: Evidence, expect: Expect): void {
  const events = Object.values(platform).flatMap(({ outbox }) => outbox);
  const byType = groupBy(events, ({ type }) => type.replace(/\.v\d+$/, ''));
  const of = (type: string) => byType.get(type) ?? [];
  const match = (what: string, rows: readonly string[], told: readonly string[]) => oneToOne(expect, what, rows, told);

  match('assignment', domain.assignments.map(({ assignment_id }) => assignment_id), ids(of('matching.assignment.made')));
  match('conversation', domain.conversations.map(({ conversation_id }) => conversation_id), ids(of('communication.conversation.opened')));
  match('message', domain.messages.map((row) => `${row.conversation_id} ${row.sequence} ${row.sender}`), of('communication.conversation.message_sent').map(({ data }) => `${String(data['conversationId'])} ${String(data['sequence'])} ${String(data['sender'])}`));
  match('account', domain.accounts.filter(({ state }) => state === 'active').map(({ person_id }) => person_id), ids(of('auth.account.activated')));
  const steps = domain.steps.filter(({ subject }) => subject === 'invite');
  match('invite step', steps.map(({ subject_id, to_state }) => `${subject_id} ${to_state}`), events.filter(({ aggregate_type }) => aggregate_type === 'invite').map(({ aggregate_id, type }) => `${aggregate_id} ${type.split('.')[2]}`));
  match('invite', domain.invites.map(({ invite_id }) => invite_id), ids(of('matching.invite.sent')));

  versions(expect, 'invite', domain.invites.map((row) => [row.invite_id, row.version]), events);
  versions(expect, 'job', domain.jobs.map((row) => [row.job_id, row.version]), events);
  versions(expect, 'worker_profile', domain.worker_profiles.map((row) => [row.person_id, row.version]), events);
  versions(expect, 'availability', domain.availability.map((row) => [row.person_id, row.version]), events);
  versions(expect, 'contractor_profile', domain.contractor_profiles.map((row) => [row.person_id, row.version]), events);

  const last = new Map([...events].sort((a, b) => a.aggregate_version - b.aggregate_version).map((event) => [`${event.type} ${event.aggregate_id}`, event.data]));
  for (const job of domain.jobs) {
    const told = last.get(`matching.job.changed.v1 ${job.job_id}`);
    expect(told?.['state'] === job.state && told?.['filled'] === job.filled, () => `job ${job.job_id} is ${job.state} with ${job.filled}, last told was ${JSON.stringify(told)}`);
  }
  for (const profile of domain.worker_profiles) {
    const told = last.get(`user.worker_profile.changed.v1 ${profile.person_id}`);
    expect((told?.['dayRate'] as { amount: number } | undefined)?.amount === profile.day_rate, () => `the profile of ${profile.person_id} asks ${profile.day_rate}, told was ${JSON.stringify(told?.['dayRate'])}`);
  }
  for (const calendar of domain.availability) {
    const told = last.get(`user.availability.changed.v1 ${calendar.person_id}`);
    expect(same(told?.['weekly'], calendar.weekly), () => `the calendar of ${calendar.person_id} is ${calendar.weekly.join()}, told was ${JSON.stringify(told)}`);
  }
  readMarks(expect, domain, events);
}

/** What a member has read is the highest of their own messages and of what they said they read. */
function readMarks(expect: Expect, domain: Evidence['stores']['domain'], events: readonly OutboxRow[]): void {
  const marks = new Map<string, number>();
  const raise = (key: string, to: number) => marks.set(key, Math.max(marks.get(key) ?? 0, to));
  for (const message of domain.messages) raise(`${message.conversation_id} ${message.sender}`, message.sequence);
  for (const { type, data } of events) {
    if (type === 'communication.conversation.read.v1') raise(`${String(data['conversationId'])} ${String(data['reader'])}`, Number(data['sequence']));
  }
  for (const member of domain.members) {
    const told = marks.get(`${member.conversation_id} ${member.person_id}`) ?? 0;
    expect(told === member.read_up_to, () => `${member.person_id} has read ${member.conversation_id} up to ${member.read_up_to}, told was ${told}`);
  }
}

const ids = (events: readonly OutboxRow[]) => events.map(({ aggregate_id }) => aggregate_id);

function oneToOne(expect: Expect, what: string, rows: readonly string[], told: readonly string[]): void {
  const counted = groupBy(told, (key) => key);
  const known = new Set(rows);
  for (const key of known) expect(counted.get(key)?.length === 1, () => `${what} ${key} has ${counted.get(key)?.length ?? 0} events`);
  for (const key of counted.keys()) expect(known.has(key), () => `an event tells of ${what} ${key}, which is not there`);
}

/** A row that counts its changes has as many events. */
function versions(expect: Expect, aggregate: string, rows: ReadonlyArray<readonly [string, number]>, events: readonly OutboxRow[]): void {
  const counted = groupBy(events.filter(({ aggregate_type }) => aggregate_type === aggregate), ({ aggregate_id }) => aggregate_id);
  for (const [id, version] of rows) expect(counted.get(id)?.length === version, () => `${aggregate} ${id} is at version ${version} and has ${counted.get(id)?.length ?? 0} events`);
  const known = new Set(rows.map(([id]) => id));
  for (const id of counted.keys()) expect(known.has(id), () => `events tell of ${aggregate} ${id}, which is not there`);
}

/** 1, 2, 3 … for each producer, published, received to the head; an aggregate's order is the producer's order. */
function checkNumbering({ stores: { platform, domain } }: Evidence, expect: Expect): void {
  const heads = new Map<string, number>();
  for (const [service, { outbox, event_numbering, aggregate_versions }] of Object.entries(platform)) {
    const head = event_numbering[0]?.head ?? 0;
    heads.set(service, head);
    const inOrder = [...outbox].sort((a, b) => (a.sequence ?? Infinity) - (b.sequence ?? Infinity));
    expect(head === outbox.length, () => `${service} numbered up to ${head} and has ${outbox.length} events`);
    inOrder.forEach(({ id, sequence, published_at }, at) => {
      expect(sequence === at + 1 && published_at !== null, () => `${service}: event ${id} is number ${sequence} at place ${at + 1}, published ${published_at}`);
    });
    const aggregates = groupBy(inOrder, ({ aggregate_type, aggregate_id }) => `${aggregate_type} ${aggregate_id}`);
    for (const [aggregate, events] of aggregates) {
      expect(events.every(({ aggregate_version }, at) => aggregate_version === at + 1), () => `${service}: ${aggregate} is numbered in the order ${events.map(({ aggregate_version }) => aggregate_version).join()}`);
    }
    for (const { aggregate_type, aggregate_id, version } of aggregate_versions) {
      expect(aggregates.get(`${aggregate_type} ${aggregate_id}`)?.length === version, () => `${service}: ${aggregate_type} ${aggregate_id} counts ${version} versions`);
    }
  }
  for (const [service, { received }] of Object.entries(platform)) {
    for (const { producer, contiguous, ahead } of received) {
      expect(contiguous === heads.get(producer) && ahead === '{}', () => `${service} has ${producer} up to ${contiguous} and ${ahead} of ${heads.get(producer)}`);
    }
  }
  const changes = [...domain.worker_changes].sort((a, b) => (a.number ?? Infinity) - (b.number ?? Infinity));
  const first = changes[0]?.number ?? 1; // old ones are pruned
  changes.forEach(({ number }, at) => expect(number === first + at, () => `worker change ${number} is at place ${first + at}`));
}

/** Each consumer has done each event that it reads, once, and nothing else. */
function done({ stores: { platform } }: Evidence, expect: Expect): void {
  const events = Object.values(platform).flatMap(({ outbox }) => outbox);
  for (const [service, { consumers, inbox, inbox_lanes }] of Object.entries(platform)) {
    const rows = groupBy(inbox, ({ consumer }) => consumer);
    for (const { name, types } of consumers) {
      const wanted = new Set(events.filter(({ type }) => types.includes(type)).map(({ id }) => id));
      const filed = groupBy(rows.get(name) ?? [], ({ event_id }) => event_id);
      for (const id of wanted) expect(filed.get(id)?.length === 1 && filed.get(id)?.[0]?.done_at !== null, () => `${service}: ${name} has not done ${id} once (${filed.has(id) ? 'filed' : 'never filed'})`);
      for (const id of filed.keys()) expect(wanted.has(id), () => `${service}: ${name} was given ${id}, which it does not read`);
    }
    for (const lane of inbox_lanes) expect(false, () => `${service}: ${lane.consumer} still works on ${lane.lane} ${lane.last_error ?? ''}`);
  }
}

const told: Record<string, readonly ['worker' | 'contractor', string]> = {
  sent: ['worker', 'invite_sent'],
  accepted: ['contractor', 'invite_accepted'],
  declined: ['contractor', 'invite_declined'],
  expired: ['contractor', 'invite_expired'],
  withdrawn: ['worker', 'invite_withdrawn'],
  superseded: ['worker', 'line_filled'],
  booked: ['contractor', 'worker_booked'],
};

/** One notice for each event and person that is to hear of it. Unseen ones of a chat make room for the latest. */
function notices({ stores: { platform, domain } }: Evidence, expect: Expect): void {
  const rows = groupBy(domain.notices, ({ event_id, person_id }) => `${event_id} ${person_id}`);
  const expected = new Set<string>();
  for (const { id, aggregate_type, type, data } of platform.matching.outbox) {
    const turn = data['reason'] === 'worker_booked' ? 'booked' : (type.split('.')[2] ?? '');
    const [side, key] = (aggregate_type === 'invite' && told[turn]) || [];
    if (!side) continue;
    const pair = `${id} ${String(data[side])}`;
    expected.add(pair);
    expect(rows.get(pair)?.length === 1 && rows.get(pair)?.[0]?.key === key, () => `${type} ${id} is ${rows.get(pair)?.length ?? 0} notices to its ${side}`);
  }
  const latest = new Map<string, string>();
  let messages = 0;
  const sent = platform.communication.outbox.filter(({ type }) => type === 'communication.conversation.message_sent.v1');
  for (const { id, aggregate_id, data } of [...sent].sort((a, b) => a.aggregate_version - b.aggregate_version)) {
    for (const person of (data['members'] as string[]).filter((one) => one !== data['sender'])) {
      expected.add(`${id} ${person}`);
      latest.set(`${aggregate_id} ${person}`, `${id} ${person}`);
      messages += 1;
    }
  }
  for (const pair of latest.values()) expect(rows.get(pair)?.length === 1, () => `the latest message's event and reader ${pair} have no notice`);
  for (const [pair, several] of rows) expect(expected.has(pair) && several.length === 1, () => `${several.length} notices of ${pair}, ${expected.has(pair) ? 'one' : 'none'} was due`);
  const posted = groupBy(platform.notification.outbox.filter(({ type }) => type === 'notification.notice.posted.v1'), ({ data }) => String(data['topic']));
  expect((posted.get('message')?.length ?? 0) === messages, () => `${posted.get('message')?.length ?? 0} notices of messages were posted, ${messages} were due`);
  const announced = new Set(platform.notification.outbox.map(({ aggregate_id }) => aggregate_id));
  for (const { notice_id } of domain.notices) expect(announced.has(notice_id), () => `notice ${notice_id} has no event`);
}

/** The calendar's copy of bookings, and the conversations of invites. */
function copies({ stores: { domain } }: Evidence, expect: Expect): void {
  const days = (rows: ReadonlyArray<{ assignment_id: string }>, dayOf: (row: never) => string) =>
    new Map([...groupBy(rows, ({ assignment_id }) => assignment_id)].map(([id, some]) => [id, some.map((row) => dayOf(row as never)).sort()]));
  const booked = days(domain.booked_days, ({ date }: { date: string }) => date);
  const decided = days(domain.assignment_days, ({ day }: { day: string }) => day);
  for (const id of new Set([...booked.keys(), ...decided.keys()])) expect(same(booked.get(id), decided.get(id)), () => `assignment ${id} is on ${decided.get(id)?.join()}, the calendar says ${booked.get(id)?.join()}`);
  const wanted = new Map(domain.invites.map((row) => [conversationOf(row.job_id as JobId, row.worker as PersonId) as string, [row.worker, row.contractor].sort()]));
  const members = groupBy(domain.members, ({ conversation_id }) => conversation_id);
  for (const id of new Set([...wanted.keys(), ...domain.conversations.map(({ conversation_id }) => conversation_id)])) {
    expect(same(members.get(id)?.map(({ person_id }) => person_id).sort(), wanted.get(id)), () => `conversation ${id} has the wrong members`);
  }
}

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
function checkProjection({ stores: { platform, domain } }: Evidence, expect: Expect): void {
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
      expect(row?.version === event?.aggregate_version && same(row?.facts, data), () => `${source} of ${person} is kept as version ${row?.version}, told is ${event?.aggregate_version}: ${JSON.stringify(row?.facts)} / ${JSON.stringify(data)}`);
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
    expect(same(found, expected), () => `the document of ${person} is ${JSON.stringify(found)}, the events say ${JSON.stringify(expected)}`);
  }
  for (const person of documents.keys()) expect(told.has(person), () => `a document of ${person}, of whom nothing was told`);
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

export const eventRules: Rules = {
  'an event exists iff its row change does': checkEvents,
  'numbers are dense, in the order of each aggregate, and received by all readers': checkNumbering,
  'every consumer has done every event of its types once': done,
  'one notice for each event and person': notices,
  'bookings and conversations follow from the events, once': copies,
  'worker documents equal their recomputation from the events': checkProjection,
};
