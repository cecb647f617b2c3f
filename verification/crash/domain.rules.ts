// What people were promised: acknowledged writes, messages, invites and places.
import { conversationOf } from '@muster/contracts/communication/conversation-of';
import type { PersonId } from '@muster/contracts/kernel/ids';
import type { JobId } from '@muster/contracts/matching/ids';
import { groupBy, same, type Evidence, type Expect, type Rules } from './evidence';
import { conclusions, type Attempt } from './history';
import type { DomainRows } from './stores';

/** The states in which an invite may be after somebody did this to it. */
const statesAfter: Readonly<Record<string, readonly string[]>> = {
  acceptInvite: ['accepted'],
  declineInvite: ['declined'],
  withdrawInvite: ['withdrawn'],
  markInviteSeen: ['seen', 'accepted', 'declined', 'expired', 'withdrawn', 'superseded'],
};

/** What was answered with a success is there at the end. */
function checkAcknowledged({ history, stores: { domain } }: Evidence, expect: Expect): void {
  const kept = conclusions(history).filter(({ outcome }) => outcome === 'ok');
  const invites = new Map(domain.invites.map((row) => [row.invite_id, row]));
  const jobs = new Map(domain.jobs.map((row) => [row.job_id, row]));
  const lines = groupBy(domain.lines, ({ job_id }) => job_id);
  const readMarks = new Map(domain.members.map((row) => [`${row.conversation_id} ${row.person_id}`, row.read_up_to]));
  const seenNotices = new Set(domain.notices.filter(({ seen_at }) => seen_at !== null).map(({ notice_id }) => notice_id));
  for (const { op, about, answer, who } of kept) {
    if (op === 'describeJob') {
      const jobId = String(answer?.['jobId']);
      const wanted = (about['lines'] as Array<{ count: number }>).map(({ count }) => count).sort();
      expect(jobs.get(jobId)?.title === about['title'] && same(lines.get(jobId)?.map(({ count }) => count).sort(), wanted), () => `job ${jobId}, ${String(about['title'])}, is not as described`);
    }
    if (op === 'openJob') expect(!['draft', undefined].includes(jobs.get(String(about['jobId']))?.state), () => `job ${String(about['jobId'])} was opened and is not open`);
    if (op === 'sendInvite') {
      const invite = invites.get(String(answer?.['inviteId']));
      expect(invite?.job_id === about['jobId'] && invite?.line_id === about['lineId'] && invite?.worker === about['worker'], () => `invite ${String(answer?.['inviteId'])} was sent and is not there`);
    }
    const states = statesAfter[op];
    const state = invites.get(String(about['inviteId']))?.state ?? 'gone';
    if (states) expect(states.includes(state), () => `${op} of ${String(about['inviteId'])} was acknowledged, it is ${state}`);
    if (op === 'markRead') {
      const mark = readMarks.get(`${String(about['conversationId'])} ${who}`) ?? -1;
      expect(mark >= Number(about['sequence']), () => `${who} read ${String(about['conversationId'])} up to ${String(about['sequence'])}, it says ${mark}`);
    }
    if (op === 'markNoticeSeen') expect(seenNotices.has(String(about['noticeId'])), () => `notice ${String(about['noticeId'])} was seen and is unseen or gone`);
  }
  expectLastWords(expect, kept, domain);
  expectNoTrace(expect, history, domain);
}

/** Profile and calendar belong to one person who does one thing at a time: the last write stands. */
function expectLastWords(expect: Expect, kept: readonly Attempt[], domain: DomainRows): void {
  for (const { person_id: person, display_name } of domain.people) {
    const last = (...ops: string[]) => kept.filter(({ who, op }) => who === person && ops.includes(op)).at(-1);
    const named = last('saveWorkerProfile', 'saveContractorProfile');
    if (named) {
      const asked = (named.about['dayRate'] as { amount: number } | undefined)?.amount;
      const rate = domain.worker_profiles.find(({ person_id }) => person_id === person)?.day_rate;
      expect(display_name === named.about['displayName'] && rate === asked, () => `${person} saved ${JSON.stringify(named.about)}, the profile is ${display_name} ${rate}`);
    }
    const availability = domain.availability.find(({ person_id }) => person_id === person);
    const calendar = last('saveAvailability');
    if (calendar) {
      const closed = domain.availability_exceptions.filter(({ person_id }) => person_id === person).map(({ date }) => date);
      const wanted = (calendar.about['exceptions'] as Array<{ date: string }>).map(({ date }) => date);
      expect(same([availability?.weekly, closed], [calendar.about['weekly'], wanted]), () => `the calendar of ${person} is not the last saved`);
    }
    const free = last('declareFreeToday', 'withdrawFreeToday');
    if (free) expect((availability?.free_until !== null) === (free.op === 'declareFreeToday'), () => `${person} said ${free.op}, they are free until ${availability?.free_until}`);
  }
}

/** An acceptance that was refused each time has left no assignment. */
function expectNoTrace(expect: Expect, history: readonly Attempt[], domain: DomainRows): void {
  const accepted = new Set(history.filter(({ op, outcome }) => op === 'acceptInvite' && outcome === 'ok').map(({ about }) => about['inviteId']));
  const assigned = new Set(domain.assignments.map(({ invite_id }) => invite_id));
  for (const { op, outcome, about } of conclusions(history)) {
    if (op !== 'acceptInvite' || outcome !== 'fail' || accepted.has(about['inviteId'])) continue;
    expect(!assigned.has(String(about['inviteId'])), () => `accepting ${String(about['inviteId'])} was refused, and there is an assignment`);
  }
}

/** Those whose answer is a fact and not the present state of a thing. */
const lasting = ['describeJob', 'sendInvite', 'sendMessage'];

function repeats({ history }: Evidence, expect: Expect): void {
  for (const attempts of groupBy(history.filter(({ op, outcome }) => lasting.includes(op) && outcome === 'ok'), ({ key }) => key).values()) {
    if (attempts.length < 2) continue;
    expect(attempts.every(({ answer }) => same(answer, attempts[0]?.answer)), () => `${attempts[0]?.op} ${attempts[0]?.key}: ${attempts.map(({ answer }) => JSON.stringify(answer).slice(0, 90)).join(' / ')}`);
  }
}

function refusals({ history }: Evidence, expect: Expect): void {
  for (const { op, status, code } of history) {
    if (status !== undefined && status >= 400) expect(code !== 'not a problem' && (status < 500 || status === 503), () => `${op} was answered ${status} ${code}`);
  }
}

function sessions({ stores: { domain } }: Evidence, expect: Expect): void {
  for (const session of domain.sessions) expect(session.ended_because === null, () => `session ${session.session_id} ended: ${session.ended_because}`);
}

/** Acknowledged: once, with the sequence that was answered, where both can read it. Never attempted: nowhere. */
function once({ history, stores: { domain } }: Evidence, expect: Expect): void {
  const sent = history.filter(({ op }) => op === 'sendMessage');
  const attempted = new Map(sent.map((attempt) => [attempt.key, attempt.about['text']]));
  const messages = groupBy(domain.messages, ({ client_id }) => client_id);
  const members = groupBy(domain.members, ({ conversation_id }) => conversation_id);
  for (const [clientId, copies] of messages) {
    expect(copies.length === 1, () => `${clientId} is there ${copies.length} times`);
    expect(attempted.get(clientId) === copies[0]?.text, () => `${clientId} is not what anybody wrote`);
  }
  for (const { outcome, about, answer, key } of conclusions(sent)) {
    if (outcome !== 'ok') continue;
    const conversation = String(about['conversationId']);
    const isThere = messages.get(key)?.some((row) => row.conversation_id === conversation && row.sequence === answer?.['sequence']) ?? false;
    const readers = members.get(conversation)?.length ?? 0;
    expect(isThere && readers === 2, () => `message ${key} with sequence ${String(answer?.['sequence'])} is ${isThere ? 'there' : 'gone'}, for ${readers} of 2 readers`);
  }
}

function order({ stores: { domain } }: Evidence, expect: Expect): void {
  const messages = groupBy(domain.messages, ({ conversation_id }) => conversation_id);
  for (const { conversation_id: id, last_sequence: last } of domain.conversations) {
    const sequences = (messages.get(id) ?? []).map(({ sequence }) => sequence).sort((a, b) => a - b);
    expect(sequences.every((sequence, at) => sequence === at + 1) && last === sequences.length, () => `${id} has the messages ${sequences.join()} of ${last}`);
  }
}

const ends = ['accepted', 'declined', 'expired', 'withdrawn', 'superseded'];

function oneEnd({ stores: { domain, platform } }: Evidence, expect: Expect): void {
  const steps = groupBy(domain.steps.filter(({ subject }) => subject === 'invite'), ({ subject_id }) => subject_id);
  const events = groupBy(platform.matching.outbox.filter(({ aggregate_type }) => aggregate_type === 'invite'), ({ aggregate_id }) => aggregate_id);
  for (const invite of domain.invites) {
    const walked = (steps.get(invite.invite_id) ?? []).sort((a, b) => a.position - b.position).map(({ to_state }) => to_state);
    const told = (events.get(invite.invite_id) ?? []).map(({ type }) => type.split('.')[2] ?? '');
    expect(walked.filter((state) => ends.includes(state)).length <= 1 && walked.at(-1) === invite.state, () => `invite ${invite.invite_id} is ${invite.state} and went ${walked.join(' > ')}`);
    expect(told.filter((state) => ends.includes(state)).length === (ends.includes(invite.state) ? 1 : 0), () => `invite ${invite.invite_id} is ${invite.state}, told were ${told.join()}`);
  }
}

/** In the tables, in each answer during the run, and in each event. */
function counts({ stores: { domain, platform }, history }: Evidence, expect: Expect): void {
  const assigned = groupBy(domain.assignments, ({ line_id }) => line_id);
  const slots = groupBy(domain.slots, ({ line_id }) => line_id);
  for (const line of domain.lines) {
    const taken = (slots.get(line.line_id) ?? []).filter(({ state }) => state === 'filled').length;
    const assignments = assigned.get(line.line_id)?.length ?? 0;
    expect(line.filled <= line.count && taken === line.filled && assignments === line.filled, () => `line ${line.line_id}: ${line.filled} of ${line.count}, ${taken} slots, ${assignments} assignments`);
  }
  const lines = groupBy(domain.lines, ({ job_id }) => job_id);
  for (const job of domain.jobs) {
    const filled = (lines.get(job.job_id) ?? []).reduce((sum, line) => sum + line.filled, 0);
    expect(filled === job.filled && job.filled <= job.places, () => `job ${job.job_id}: ${job.filled} of ${job.places}, its lines have ${filled}`);
  }
  const read = history.filter(({ op, outcome }) => op === 'readJob' && outcome === 'ok').map(({ answer }) => answer as unknown as { jobId: string; lines: Array<{ filled: number; count: number }> });
  for (const job of read) {
    expect(job.lines.every((line) => line.filled <= line.count), () => `job ${job.jobId} was read with more people than places`);
  }
  for (const told of groupBy(platform.matching.outbox.filter(({ aggregate_type }) => aggregate_type === 'job'), ({ aggregate_id }) => aggregate_id).values()) {
    const inOrder = [...told].sort((a, b) => a.aggregate_version - b.aggregate_version).map(({ data }) => data as { filled: number; places: number });
    expect(inOrder.every(({ filled, places }, at) => filled <= places && filled >= (inOrder[at - 1]?.filled ?? 0)), () => `job ${told[0]?.aggregate_id} told ${inOrder.map(({ filled }) => filled).join()}`);
  }
}

/** Accepted ⇒ an assignment; of each invite a conversation of both, and a notice to whom it concerns. */
function consequences({ stores: { domain } }: Evidence, expect: Expect): void {
  const assigned = new Set(domain.assignments.map(({ invite_id }) => invite_id));
  const conversations = new Set(domain.conversations.map(({ conversation_id }) => conversation_id));
  const members = new Set(domain.members.map((row) => `${row.conversation_id} ${row.person_id}`));
  const notices = new Set(domain.notices.map(({ person_id, key, subject }) => `${person_id} ${key} ${subject['inviteId']}`));
  for (const { invite_id: id, job_id, worker, contractor, state } of domain.invites) {
    const isAccepted = state === 'accepted';
    const conversation = conversationOf(job_id as JobId, worker as PersonId);
    const hasBoth = conversations.has(conversation) && [worker, contractor].every((person) => members.has(`${conversation} ${person}`));
    expect(hasBoth, () => `invite ${id} has no conversation for both`);
    expect(assigned.has(id) === isAccepted, () => `invite ${id} is ${state}; assignment: ${assigned.has(id)}`);
    expect(notices.has(`${worker} invite_sent ${id}`), () => `${worker} has no notice that ${id} was sent`);
    if (isAccepted) expect(notices.has(`${contractor} invite_accepted ${id}`), () => `${contractor} has no notice that ${id} was accepted`);
  }
}

/** The clients use three shifts that do not touch each other: work overlaps where day and shift are the same. */
function overlaps({ stores: { domain } }: Evidence, expect: Expect): void {
  for (const [key, rows] of groupBy(domain.assignment_days, ({ worker, during }) => `${worker} ${during}`)) {
    expect(rows.length === 1, () => `${rows.length} bookings of ${key}`);
  }
}

export const domainRules: Rules = {
  'every acknowledged write is there': checkAcknowledged,
  'the same key has the same answer': repeats,
  'every refusal is a problem, and none is a fault of the service': refusals,
  'no session was ended by a repeated refresh': sessions,
  'every message exactly once': once,
  'message order is one, its sequence has no hole': order,
  'each invite has at most one end, and is in it': oneEnd,
  'filled ≤ count, at all times': counts,
  'accepted ⇒ assignment, conversation, both notices': consequences,
  'nobody is booked twice at a time': overlaps,
};
