import { conclusions, type Attempt } from './history';
import { Rule, same, type Evidence, type Verdict } from './verdict';
import type { PersonView } from './views';

/** What was answered with a success is what its reader sees at the end. */
export function checkAcknowledged({ history, views }: Evidence): Verdict[] {
  const rule = new Rule('every acknowledged write is there');
  const kept = conclusions(history).filter(({ outcome }) => outcome === 'ok');
  const invites = new Map(views.flatMap((view) => view.invites.map((invite) => [invite.inviteId, invite])));
  const jobs = new Map(views.flatMap((view) => view.jobs.map((job) => [job.jobId, job])));
  const stateOf = (attempt: Attempt) => invites.get(String(attempt.about['inviteId']))?.state;
  const expectState = (attempt: Attempt, ...states: string[]) =>
    rule.expect(states.includes(stateOf(attempt) ?? ''), () => `${attempt.op} of ${String(attempt.about['inviteId'])} was acknowledged, it is ${stateOf(attempt)}`);
  for (const attempt of kept) {
    const { op, about, answer, who } = attempt;
    if (op === 'describeJob') {
      const job = jobs.get(String(answer?.['jobId']));
      rule.expect(job?.title === about['title'] && same(job?.lines.map(({ count }) => count), (about['lines'] as Array<{ count: number }>).map(({ count }) => count)), () => `job ${String(answer?.['jobId'])}, ${String(about['title'])}, is not as described`);
    }
    if (op === 'openJob') rule.expect(!['draft', undefined].includes(jobs.get(String(about['jobId']))?.state), () => `job ${String(about['jobId'])} was opened and is not open`);
    if (op === 'sendInvite') {
      const invite = invites.get(String(answer?.['inviteId']));
      rule.expect(invite?.jobId === about['jobId'] && invite?.lineId === about['lineId'], () => `invite ${String(answer?.['inviteId'])} was sent and its worker does not see it`);
    }
    if (op === 'acceptInvite') expectState(attempt, 'accepted');
    if (op === 'declineInvite') expectState(attempt, 'declined');
    if (op === 'withdrawInvite') expectState(attempt, 'withdrawn');
    if (op === 'markInviteSeen') expectState(attempt, 'seen', 'accepted', 'declined', 'expired', 'withdrawn', 'superseded');
    if (op === 'markRead') {
      const conversation = viewOf(views, who)?.conversations.find((one) => one.conversationId === about['conversationId']);
      rule.expect((conversation?.readUpTo ?? -1) >= Number(about['sequence']), () => `${who} read ${String(about['conversationId'])} up to ${String(about['sequence'])}, it says ${conversation?.readUpTo}`);
    }
    if (op === 'markNoticeSeen') {
      const notice = viewOf(views, who)?.notices.find((one) => one.noticeId === about['noticeId']);
      rule.expect(typeof notice?.seenAt === 'string', () => `notice ${String(about['noticeId'])} was seen and is ${notice ? 'unseen' : 'gone'}`);
    }
  }
  expectLastWords(rule, kept, views);
  expectNoTrace(rule, history, views);
  return [rule.verdict];
}

/** Profile and calendar belong to one person who does one thing at a time: the last write stands. */
function expectLastWords(rule: Rule, kept: readonly Attempt[], views: readonly PersonView[]): void {
  for (const { personId, profile, availability } of views) {
    const mine = kept.filter(({ who }) => who === personId);
    const last = (...ops: string[]) => mine.filter(({ op }) => ops.includes(op)).at(-1);
    const named = last('saveWorkerProfile', 'saveContractorProfile');
    if (named) {
      const rateOf = (from: Readonly<Record<string, unknown>>) => (from['dayRate'] as { amount: number } | undefined)?.amount;
      rule.expect(profile['displayName'] === named.about['displayName'] && rateOf(profile) === rateOf(named.about), () => `${personId} saved ${JSON.stringify(named.about)}, the profile is ${String(profile['displayName'])} ${rateOf(profile)}`);
    }
    const calendar = last('saveAvailability');
    const daysOf = (from: Readonly<Record<string, unknown>> | undefined) => [from?.['weekly'], (from?.['exceptions'] as Array<{ date: string }> | undefined)?.map(({ date }) => date)];
    if (calendar) {
      rule.expect(same(daysOf(availability), daysOf(calendar.about)), () => `the calendar of ${personId} is not the last saved`);
    }
    const free = last('declareFreeToday', 'withdrawFreeToday');
    if (free) rule.expect((availability?.['freeUntil'] !== null) === (free.op === 'declareFreeToday'), () => `${personId} said ${free.op}, freeUntil is ${String(availability?.['freeUntil'])}`);
  }
}

/** An acceptance that was refused each time has left no assignment. */
function expectNoTrace(rule: Rule, history: readonly Attempt[], views: readonly PersonView[]): void {
  const accepted = new Set(history.filter(({ op, outcome }) => op === 'acceptInvite' && outcome === 'ok').map(({ about }) => about['inviteId']));
  const assigned = new Set(views.flatMap((view) => view.assignments.map(({ inviteId }) => inviteId)));
  for (const { op, outcome, about } of conclusions(history)) {
    if (op !== 'acceptInvite' || outcome !== 'fail' || accepted.has(about['inviteId'])) continue;
    rule.expect(!assigned.has(String(about['inviteId'])), () => `accepting ${String(about['inviteId'])} was refused, and there is an assignment`);
  }
}

function viewOf(views: readonly PersonView[], personId: string): PersonView | undefined {
  return views.find((view) => view.personId === personId);
}
