import { conversationOf } from '@muster/contracts/communication/conversation-of';
import type { PersonId } from '@muster/contracts/kernel/ids';
import type { JobId } from '@muster/contracts/matching/ids';
import { Rule, groupBy, type Evidence, type Verdict } from './verdict';

const ends = ['accepted', 'declined', 'expired', 'withdrawn', 'superseded'];

export function checkInvites(evidence: Evidence): Verdict[] {
  return [oneEnd(evidence), counts(evidence), consequences(evidence), overlaps(evidence)];
}

function oneEnd({ stores: { domain, platform } }: Evidence): Verdict {
  const rule = new Rule('each invite has at most one end, and is in it');
  const steps = groupBy(domain.steps.filter(({ subject }) => subject === 'invite'), ({ subject_id }) => subject_id);
  const events = groupBy(platform.matching.outbox.filter(({ aggregate_type }) => aggregate_type === 'invite'), ({ aggregate_id }) => aggregate_id);
  for (const invite of domain.invites) {
    const walked = (steps.get(invite.invite_id) ?? []).sort((a, b) => a.position - b.position).map(({ to_state }) => to_state);
    const told = (events.get(invite.invite_id) ?? []).map(({ type }) => type.split('.')[2] ?? '');
    rule.expect(walked.filter((state) => ends.includes(state)).length <= 1 && walked.at(-1) === invite.state, () => `invite ${invite.invite_id} is ${invite.state} and went ${walked.join(' > ')}`);
    rule.expect(told.filter((state) => ends.includes(state)).length === (ends.includes(invite.state) ? 1 : 0), () => `invite ${invite.invite_id} is ${invite.state}, told were ${told.join()}`);
  }
  return rule.verdict;
}

/** In the tables, in each answer during the run, and in each event. */
function counts({ stores: { domain, platform }, history }: Evidence): Verdict {
  const rule = new Rule('filled ≤ count, at all times');
  const assigned = groupBy(domain.assignments, ({ line_id }) => line_id);
  const slots = groupBy(domain.slots, ({ line_id }) => line_id);
  for (const line of domain.lines) {
    const taken = (slots.get(line.line_id) ?? []).filter(({ state }) => state === 'filled').length;
    const assignments = assigned.get(line.line_id)?.length ?? 0;
    rule.expect(line.filled <= line.count && taken === line.filled && assignments === line.filled, () => `line ${line.line_id}: ${line.filled} of ${line.count}, ${taken} slots, ${assignments} assignments`);
  }
  const lines = groupBy(domain.lines, ({ job_id }) => job_id);
  for (const job of domain.jobs) {
    const filled = (lines.get(job.job_id) ?? []).reduce((sum, line) => sum + line.filled, 0);
    rule.expect(filled === job.filled && job.filled <= job.places, () => `job ${job.job_id}: ${job.filled} of ${job.places}, its lines have ${filled}`);
  }
  const read = history.filter(({ op, outcome }) => op === 'readJob' && outcome === 'ok').map(({ answer }) => answer as unknown as { jobId: string; lines: Array<{ filled: number; count: number }> });
  for (const job of read) {
    rule.expect(job.lines.every((line) => line.filled <= line.count), () => `job ${job.jobId} was read with more people than places`);
  }
  for (const told of groupBy(platform.matching.outbox.filter(({ aggregate_type }) => aggregate_type === 'job'), ({ aggregate_id }) => aggregate_id).values()) {
    const inOrder = [...told].sort((a, b) => a.aggregate_version - b.aggregate_version).map(({ data }) => data as { filled: number; places: number });
    rule.expect(inOrder.every(({ filled, places }, at) => filled <= places && filled >= (inOrder[at - 1]?.filled ?? 0)), () => `job ${told[0]?.aggregate_id} told ${inOrder.map(({ filled }) => filled).join()}`);
  }
  return rule.verdict;
}

/** Accepted ⇒ an assignment; of each invite a conversation of both, and a notice to whom it concerns. */
function consequences({ stores: { domain } }: Evidence): Verdict {
  const rule = new Rule('accepted ⇒ assignment, conversation, both notices');
  const assigned = new Set(domain.assignments.map(({ invite_id }) => invite_id));
  const conversations = new Set(domain.conversations.map(({ conversation_id }) => conversation_id));
  const members = new Set(domain.members.map((row) => `${row.conversation_id} ${row.person_id}`));
  const notices = new Set(domain.notices.map(({ person_id, key, subject }) => `${person_id} ${key} ${subject['inviteId']}`));
  for (const { invite_id: id, job_id, worker, contractor, state } of domain.invites) {
    const isAccepted = state === 'accepted';
    const conversation = conversationOf(job_id as JobId, worker as PersonId);
    const hasBoth = conversations.has(conversation) && [worker, contractor].every((person) => members.has(`${conversation} ${person}`));
    rule.expect(hasBoth, () => `invite ${id} has no conversation for both`);
    rule.expect(assigned.has(id) === isAccepted, () => `invite ${id} is ${state}; assignment: ${assigned.has(id)}`);
    rule.expect(notices.has(`${worker} invite_sent ${id}`), () => `${worker} has no notice that ${id} was sent`);
    if (isAccepted) rule.expect(notices.has(`${contractor} invite_accepted ${id}`), () => `${contractor} has no notice that ${id} was accepted`);
  }
  return rule.verdict;
}

/** The clients use three shifts that do not touch each other: work overlaps where day and shift are the same. */
function overlaps({ stores: { domain } }: Evidence): Verdict {
  const rule = new Rule('nobody is booked twice at a time');
  for (const [key, rows] of groupBy(domain.assignment_days, ({ worker, during }) => `${worker} ${during}`)) {
    rule.expect(rows.length === 1, () => `${rows.length} bookings of ${key}`);
  }
  return rule.verdict;
}
