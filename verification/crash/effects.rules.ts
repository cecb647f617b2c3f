import { conversationOf } from '@muster/contracts/communication/conversation-of';
import type { PersonId } from '@muster/contracts/kernel/ids';
import type { JobId } from '@muster/contracts/matching/ids';
import { Rule, groupBy, same, type Evidence, type Verdict } from './verdict';

export function checkEffects(evidence: Evidence): Verdict[] {
  return [done(evidence), notices(evidence), copies(evidence)];
}

/** Each consumer has done each event that it reads, once, and nothing else. */
function done({ stores: { platform } }: Evidence): Verdict {
  const rule = new Rule('every consumer has done every event of its types once');
  const events = Object.values(platform).flatMap(({ outbox }) => outbox);
  for (const [service, { consumers, inbox, inbox_lanes }] of Object.entries(platform)) {
    const rows = groupBy(inbox, ({ consumer }) => consumer);
    for (const { name, types } of consumers) {
      const wanted = new Set(events.filter(({ type }) => types.includes(type)).map(({ id }) => id));
      const filed = groupBy(rows.get(name) ?? [], ({ event_id }) => event_id);
      for (const id of wanted) rule.expect(filed.get(id)?.length === 1 && filed.get(id)?.[0]?.done_at !== null, () => `${service}: ${name} has not done ${id} once (${filed.has(id) ? 'filed' : 'never filed'})`);
      for (const id of filed.keys()) rule.expect(wanted.has(id), () => `${service}: ${name} was given ${id}, which it does not read`);
    }
    for (const lane of inbox_lanes) rule.expect(false, () => `${service}: ${lane.consumer} still works on ${lane.lane} ${lane.last_error ?? ''}`);
  }
  return rule.verdict;
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
function notices({ stores: { platform, domain } }: Evidence): Verdict {
  const rule = new Rule('one notice for each event and person');
  const rows = groupBy(domain.notices, ({ event_id, person_id }) => `${event_id} ${person_id}`);
  const expected = new Set<string>();
  for (const { id, aggregate_type, type, data } of platform.matching.outbox) {
    const turn = data['reason'] === 'worker_booked' ? 'booked' : (type.split('.')[2] ?? '');
    const [side, key] = (aggregate_type === 'invite' && told[turn]) || [];
    if (!side) continue;
    const pair = `${id} ${String(data[side])}`;
    expected.add(pair);
    rule.expect(rows.get(pair)?.length === 1 && rows.get(pair)?.[0]?.key === key, () => `${type} ${id} is ${rows.get(pair)?.length ?? 0} notices to its ${side}`);
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
  for (const pair of latest.values()) rule.expect(rows.get(pair)?.length === 1, () => `the latest message's event and reader ${pair} have no notice`);
  for (const [pair, several] of rows) rule.expect(expected.has(pair) && several.length === 1, () => `${several.length} notices of ${pair}, ${expected.has(pair) ? 'one' : 'none'} was due`);
  const posted = groupBy(platform.notification.outbox.filter(({ type }) => type === 'notification.notice.posted.v1'), ({ data }) => String(data['topic']));
  rule.expect((posted.get('message')?.length ?? 0) === messages, () => `${posted.get('message')?.length ?? 0} notices of messages were posted, ${messages} were due`);
  const announced = new Set(platform.notification.outbox.map(({ aggregate_id }) => aggregate_id));
  for (const { notice_id } of domain.notices) rule.expect(announced.has(notice_id), () => `notice ${notice_id} has no event`);
  return rule.verdict;
}

/** The calendar's copy of bookings, and the conversations of invites. */
function copies({ stores: { domain } }: Evidence): Verdict {
  const rule = new Rule('bookings and conversations follow from the events, once');
  const days = (rows: ReadonlyArray<{ assignment_id: string }>, dayOf: (row: never) => string) =>
    new Map([...groupBy(rows, ({ assignment_id }) => assignment_id)].map(([id, some]) => [id, some.map((row) => dayOf(row as never)).sort()]));
  const booked = days(domain.booked_days, ({ date }: { date: string }) => date);
  const decided = days(domain.assignment_days, ({ day }: { day: string }) => day);
  for (const id of new Set([...booked.keys(), ...decided.keys()])) rule.expect(same(booked.get(id), decided.get(id)), () => `assignment ${id} is on ${decided.get(id)?.join()}, the calendar says ${booked.get(id)?.join()}`);
  const wanted = new Map(domain.invites.map((row) => [conversationOf(row.job_id as JobId, row.worker as PersonId) as string, [row.worker, row.contractor].sort()]));
  const members = groupBy(domain.members, ({ conversation_id }) => conversation_id);
  for (const id of new Set([...wanted.keys(), ...domain.conversations.map(({ conversation_id }) => conversation_id)])) {
    rule.expect(same(members.get(id)?.map(({ person_id }) => person_id).sort(), wanted.get(id)), () => `conversation ${id} has the wrong members`);
  }
  return rule.verdict;
}
