import type { OutboxRow } from './stores';
import { Rule, groupBy, same, type Evidence, type Verdict } from './verdict';

/** An event exists if and only if the row change of its transaction does, compared in the databases themselves. */
export function checkEvents({ stores: { domain, platform } }: Evidence): Verdict[] {
  const rule = new Rule('an event exists iff its row change does');
  const events = Object.values(platform).flatMap(({ outbox }) => outbox);
  const byType = groupBy(events, ({ type }) => type.replace(/\.v\d+$/, ''));
  const of = (type: string) => byType.get(type) ?? [];
  const match = (what: string, rows: readonly string[], told: readonly string[]) => oneToOne(rule, what, rows, told);

  match('assignment', domain.assignments.map(({ assignment_id }) => assignment_id), ids(of('matching.assignment.made')));
  match('conversation', domain.conversations.map(({ conversation_id }) => conversation_id), ids(of('communication.conversation.opened')));
  match('message', domain.messages.map((row) => `${row.conversation_id} ${row.sequence} ${row.sender}`), of('communication.conversation.message_sent').map(({ data }) => `${String(data['conversationId'])} ${String(data['sequence'])} ${String(data['sender'])}`));
  match('account', domain.accounts.filter(({ state }) => state === 'active').map(({ person_id }) => person_id), ids(of('auth.account.activated')));
  const steps = domain.steps.filter(({ subject }) => subject === 'invite');
  match('invite step', steps.map(({ subject_id, to_state }) => `${subject_id} ${to_state}`), events.filter(({ aggregate_type }) => aggregate_type === 'invite').map(({ aggregate_id, type }) => `${aggregate_id} ${type.split('.')[2]}`));
  match('invite', domain.invites.map(({ invite_id }) => invite_id), ids(of('matching.invite.sent')));

  versions(rule, 'invite', domain.invites.map((row) => [row.invite_id, row.version]), events);
  versions(rule, 'job', domain.jobs.map((row) => [row.job_id, row.version]), events);
  versions(rule, 'worker_profile', domain.worker_profiles.map((row) => [row.person_id, row.version]), events);
  versions(rule, 'availability', domain.availability.map((row) => [row.person_id, row.version]), events);
  versions(rule, 'contractor_profile', domain.contractor_profiles.map((row) => [row.person_id, row.version]), events);

  const last = new Map([...events].sort((a, b) => a.aggregate_version - b.aggregate_version).map((event) => [`${event.type} ${event.aggregate_id}`, event.data]));
  for (const job of domain.jobs) {
    const told = last.get(`matching.job.changed.v1 ${job.job_id}`);
    rule.expect(told?.['state'] === job.state && told?.['filled'] === job.filled, () => `job ${job.job_id} is ${job.state} with ${job.filled}, last told was ${JSON.stringify(told)}`);
  }
  for (const profile of domain.worker_profiles) {
    const told = last.get(`user.worker_profile.changed.v1 ${profile.person_id}`);
    rule.expect((told?.['dayRate'] as { amount: number } | undefined)?.amount === profile.day_rate, () => `the profile of ${profile.person_id} asks ${profile.day_rate}, told was ${JSON.stringify(told?.['dayRate'])}`);
  }
  for (const calendar of domain.availability) {
    const told = last.get(`user.availability.changed.v1 ${calendar.person_id}`);
    rule.expect(same(told?.['weekly'], calendar.weekly), () => `the calendar of ${calendar.person_id} is ${calendar.weekly.join()}, told was ${JSON.stringify(told)}`);
  }
  readMarks(rule, domain, events);
  return [rule.verdict];
}

/** What a member has read is the highest of their own messages and of what they said they read. */
function readMarks(rule: Rule, domain: Evidence['stores']['domain'], events: readonly OutboxRow[]): void {
  const marks = new Map<string, number>();
  const raise = (key: string, to: number) => marks.set(key, Math.max(marks.get(key) ?? 0, to));
  for (const message of domain.messages) raise(`${message.conversation_id} ${message.sender}`, message.sequence);
  for (const { type, data } of events) {
    if (type === 'communication.conversation.read.v1') raise(`${String(data['conversationId'])} ${String(data['reader'])}`, Number(data['sequence']));
  }
  for (const member of domain.members) {
    const told = marks.get(`${member.conversation_id} ${member.person_id}`) ?? 0;
    rule.expect(told === member.read_up_to, () => `${member.person_id} has read ${member.conversation_id} up to ${member.read_up_to}, told was ${told}`);
  }
}

const ids = (events: readonly OutboxRow[]) => events.map(({ aggregate_id }) => aggregate_id);

function oneToOne(rule: Rule, what: string, rows: readonly string[], told: readonly string[]): void {
  const counted = groupBy(told, (key) => key);
  const known = new Set(rows);
  for (const key of known) rule.expect(counted.get(key)?.length === 1, () => `${what} ${key} has ${counted.get(key)?.length ?? 0} events`);
  for (const key of counted.keys()) rule.expect(known.has(key), () => `an event tells of ${what} ${key}, which is not there`);
}

/** A row that counts its changes has as many events. */
function versions(rule: Rule, aggregate: string, rows: ReadonlyArray<readonly [string, number]>, events: readonly OutboxRow[]): void {
  const counted = groupBy(events.filter(({ aggregate_type }) => aggregate_type === aggregate), ({ aggregate_id }) => aggregate_id);
  for (const [id, version] of rows) rule.expect(counted.get(id)?.length === version, () => `${aggregate} ${id} is at version ${version} and has ${counted.get(id)?.length ?? 0} events`);
  const known = new Set(rows.map(([id]) => id));
  for (const id of counted.keys()) rule.expect(known.has(id), () => `events tell of ${aggregate} ${id}, which is not there`);
}
