import { conclusions, type Attempt } from './history';
import type { DomainRows } from './stores';
import { Rule, groupBy, same, type Evidence, type Verdict } from './verdict';

/** The states in which an invite may be after somebody did this to it. */
const statesAfter: Readonly<Record<string, readonly string[]>> = {
  acceptInvite: ['accepted'],
  declineInvite: ['declined'],
  withdrawInvite: ['withdrawn'],
  markInviteSeen: ['seen', 'accepted', 'declined', 'expired', 'withdrawn', 'superseded'],
};

/** What was answered with a success is there at the end. */
export function checkAcknowledged({ history, stores: { domain } }: Evidence): Verdict[] {
  const rule = new Rule('every acknowledged write is there');
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
      rule.expect(jobs.get(jobId)?.title === about['title'] && same(lines.get(jobId)?.map(({ count }) => count).sort(), wanted), () => `job ${jobId}, ${String(about['title'])}, is not as described`);
    }
    if (op === 'openJob') rule.expect(!['draft', undefined].includes(jobs.get(String(about['jobId']))?.state), () => `job ${String(about['jobId'])} was opened and is not open`);
    if (op === 'sendInvite') {
      const invite = invites.get(String(answer?.['inviteId']));
      rule.expect(invite?.job_id === about['jobId'] && invite?.line_id === about['lineId'] && invite?.worker === about['worker'], () => `invite ${String(answer?.['inviteId'])} was sent and is not there`);
    }
    const states = statesAfter[op];
    const state = invites.get(String(about['inviteId']))?.state ?? 'gone';
    if (states) rule.expect(states.includes(state), () => `${op} of ${String(about['inviteId'])} was acknowledged, it is ${state}`);
    if (op === 'markRead') {
      const mark = readMarks.get(`${String(about['conversationId'])} ${who}`) ?? -1;
      rule.expect(mark >= Number(about['sequence']), () => `${who} read ${String(about['conversationId'])} up to ${String(about['sequence'])}, it says ${mark}`);
    }
    if (op === 'markNoticeSeen') rule.expect(seenNotices.has(String(about['noticeId'])), () => `notice ${String(about['noticeId'])} was seen and is unseen or gone`);
  }
  expectLastWords(rule, kept, domain);
  expectNoTrace(rule, history, domain);
  return [rule.verdict];
}

/** Profile and calendar belong to one person who does one thing at a time: the last write stands. */
function expectLastWords(rule: Rule, kept: readonly Attempt[], domain: DomainRows): void {
  for (const { person_id: person, display_name } of domain.people) {
    const last = (...ops: string[]) => kept.filter(({ who, op }) => who === person && ops.includes(op)).at(-1);
    const named = last('saveWorkerProfile', 'saveContractorProfile');
    if (named) {
      const asked = (named.about['dayRate'] as { amount: number } | undefined)?.amount;
      const rate = domain.worker_profiles.find(({ person_id }) => person_id === person)?.day_rate;
      rule.expect(display_name === named.about['displayName'] && rate === asked, () => `${person} saved ${JSON.stringify(named.about)}, the profile is ${display_name} ${rate}`);
    }
    const availability = domain.availability.find(({ person_id }) => person_id === person);
    const calendar = last('saveAvailability');
    if (calendar) {
      const closed = domain.availability_exceptions.filter(({ person_id }) => person_id === person).map(({ date }) => date);
      const wanted = (calendar.about['exceptions'] as Array<{ date: string }>).map(({ date }) => date);
      rule.expect(same([availability?.weekly, closed], [calendar.about['weekly'], wanted]), () => `the calendar of ${person} is not the last saved`);
    }
    const free = last('declareFreeToday', 'withdrawFreeToday');
    if (free) rule.expect((availability?.free_until !== null) === (free.op === 'declareFreeToday'), () => `${person} said ${free.op}, they are free until ${availability?.free_until}`);
  }
}

/** An acceptance that was refused each time has left no assignment. */
function expectNoTrace(rule: Rule, history: readonly Attempt[], domain: DomainRows): void {
  const accepted = new Set(history.filter(({ op, outcome }) => op === 'acceptInvite' && outcome === 'ok').map(({ about }) => about['inviteId']));
  const assigned = new Set(domain.assignments.map(({ invite_id }) => invite_id));
  for (const { op, outcome, about } of conclusions(history)) {
    if (op !== 'acceptInvite' || outcome !== 'fail' || accepted.has(about['inviteId'])) continue;
    rule.expect(!assigned.has(String(about['inviteId'])), () => `accepting ${String(about['inviteId'])} was refused, and there is an assignment`);
  }
}
