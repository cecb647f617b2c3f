import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { hatsChanged } from '@muster/contracts/auth/events';
import type { EventOf } from '@muster/contracts/kernel/event';
import type { AssignmentId, InviteId, JobId, LineId } from '@muster/contracts/matching/ids';
import { acceptInvite, declineInvite, markInviteSeen, sendInvite, withdrawInvite } from '@muster/contracts/matching/invites.routes';
import { describeJob, openJob } from '@muster/contracts/matching/jobs.routes';
import type { Tx } from '@muster/platform/database/database';
import type { TestPerson } from '@muster/platform/testing/http';
import { outcomeOf, racePairs } from '@muster/platform/testing/race-pairs';
import type { TimerHandler } from '@muster/platform/timers/on-timer';
import { sql } from 'kysely';
import { MatchingTest } from '../../test/start-matching';
import { BeginJobWhenWorkBegins } from '../jobs/begin-job-when-work-begins';
import { EndJobWhenWorkEnds } from '../jobs/end-job-when-work-ends';
import { CompleteAssignmentWhenItsDaysAreOver } from './complete-assignment-when-its-days-are-over';
import { DeclineInvitesWhenHatComesOff } from './decline-invites-when-hat-comes-off';
import { ExpireInviteWhenTimeIsUp } from './expire-invite-when-time-is-up';
import { ReleasePlaceWhenInviteWaitsLong } from './release-place-when-invite-waits-long';

const LANES = 3;
const PEOPLE = ['worker', 'rival', 'crew', 'fresh'] as const;
type People = Record<(typeof PEOPLE)[number], TestPerson>;

interface Scene extends People {
  readonly contractor: TestPerson;
  readonly other: TestPerson;
  /** Of two places: one is the crew's, for the other wait the worker and the rival. */
  readonly line: { jobId: JobId; lineId: LineId };
  /** Another contractor's, for the same days, of one place; the worker and the rival are asked for it as well. */
  readonly elsewhere: { jobId: JobId; lineId: LineId };
  readonly toWorker: { inviteId: InviteId };
  readonly toRival: { inviteId: InviteId };
  readonly toWorkerElsewhere: { inviteId: InviteId };
  readonly toRivalElsewhere: { inviteId: InviteId };
  readonly assignmentId: AssignmentId;
}

let test: MatchingTest;
const lanes: People[] = [];

beforeAll(async () => {
  test = await MatchingTest.start();
  const workers = await test.workers(LANES * PEOPLE.length);
  for (let lane = 0; lane < LANES; lane += 1) {
    lanes.push(Object.fromEntries(PEOPLE.map((name, index) => [name, workers[lane * PEOPLE.length + index]])) as People);
  }
});
afterAll(() => test.close());

const query = () => test.matching.db.query();

async function makeScene(lane: number): Promise<Scene> {
  const people = lanes[lane]!;
  const ids = PEOPLE.map((name) => people[name].personId);
  // The same people again: nothing waits for them, nobody is booked, the hat is on.
  await sql`update invites set state = 'withdrawn', ended_at = sent_at where worker = any(${ids}) and state in ('sent', 'seen')`.execute(query());
  await sql`delete from assignment_days where worker = any(${ids})`.execute(query());
  await sql`delete from hats_off where worker = any(${ids})`.execute(query());
  const [contractor, other] = [test.contractor(), test.contractor()];
  const [line, elsewhere] = await Promise.all([test.openLine(contractor, { count: 2 }), test.openLine(other)]);
  const [crew, toWorker, toRival] = await Promise.all([people.crew, people.worker, people.rival].map((worker) => test.invite(contractor, line, worker)));
  await test.accept(people.crew, crew!);
  const toWorkerElsewhere = await test.invite(other, elsewhere, people.worker);
  const toRivalElsewhere = await test.invite(other, elsewhere, people.rival);
  const { rows } = await sql<{ assignment_id: AssignmentId }>`select assignment_id from assignments where line_id = ${line.lineId}`.execute(query());
  const assignmentId = rows[0]!.assignment_id;
  return { ...people, contractor, other, line, elsewhere, toWorker: toWorker!, toRival: toRival!, toWorkerElsewhere, toRivalElsewhere, assignmentId };
}

/** In the order in which Muster itself locks: people, lines, jobs, invites, assignments. */
async function hold(tx: Tx, { line, elsewhere, ...people }: Scene): Promise<void> {
  const jobs = [line.jobId, elsewhere.jobId];
  await sql`select from people where person_id = any(${PEOPLE.map((name) => people[name].personId)}) order by person_id for update`.execute(tx);
  await sql`select from lines where job_id = any(${jobs}) order by line_id for update`.execute(tx);
  await sql`select from jobs where job_id = any(${jobs}) order by job_id for update`.execute(tx);
  await sql`select from invites where job_id = any(${jobs}) order by invite_id for update`.execute(tx);
  await sql`select from assignments where job_id = any(${jobs}) order by assignment_id for update`.execute(tx);
}

/** As the timers do it, in a transaction of its own. */
async function fire(handler: TimerHandler, key: string): Promise<string> {
  await test.matching.db.transaction((tx) => handler.fire(tx, { kind: '', key, at: test.matching.clock.now(), payload: null }));
  return 'done';
}
const handlerOf = <T extends TimerHandler>(type: new (...args: never[]) => T): T => test.matching.app.get(type);
const send = (as: TestPerson, line: Scene['line'], worker: TestPerson) =>
  test.http.send(sendInvite, { as, params: line, body: { worker: worker.personId } }).then(outcomeOf);
const answer = (route: typeof acceptInvite | typeof declineInvite | typeof markInviteSeen, as: TestPerson, params: { inviteId: InviteId }) =>
  test.http.send(route, { as, params }).then(outcomeOf);

async function timeIsUp({ toWorker: { inviteId } }: Scene): Promise<string> {
  const handler = handlerOf(ExpireInviteWhenTimeIsUp);
  await test.matching.db.transaction(async (tx) => {
    await sql`update invites set expires_at = ${test.matching.clock.now()} where invite_id = ${inviteId}`.execute(tx);
    await handler.fire(tx, { kind: '', key: inviteId, at: test.matching.clock.now(), payload: null });
  });
  return 'done';
}

async function hatOff({ worker }: Scene): Promise<string> {
  const event = { type: hatsChanged.type, aggregateId: worker.personId, data: { hats: ['contractor'] } } as unknown as EventOf<typeof hatsChanged>;
  const consumer = test.matching.app.get(DeclineInvitesWhenHatComesOff);
  await test.matching.db.transaction((tx) => consumer.apply(tx, event));
  return 'done';
}

const writes: Record<string, (scene: Scene) => Promise<string>> = {
  'accept': ({ worker, toWorker }) => answer(acceptInvite, worker, toWorker),
  'a rival accepts': ({ rival, toRival }) => answer(acceptInvite, rival, toRival),
  'accept elsewhere': ({ worker, toWorkerElsewhere }) => answer(acceptInvite, worker, toWorkerElsewhere),
  'a rival accepts elsewhere': ({ rival, toRivalElsewhere }) => answer(acceptInvite, rival, toRivalElsewhere),
  'decline': ({ worker, toWorker }) => answer(declineInvite, worker, toWorker),
  'see': ({ worker, toWorker }) => answer(markInviteSeen, worker, toWorker),
  'withdraw': ({ contractor, toWorker }) => test.http.send(withdrawInvite, { as: contractor, params: toWorker }).then(outcomeOf),
  'time is up': timeIsUp,
  'the place is released': ({ toWorker }) => fire(handlerOf(ReleasePlaceWhenInviteWaitsLong), toWorker.inviteId),
  'the hat comes off': hatOff,
  'ask somebody else': ({ contractor, line, fresh }) => send(contractor, line, fresh),
  'ask the worker again': ({ contractor, line, worker }) => send(contractor, line, worker),
  'ask somebody else elsewhere': ({ other, elsewhere, fresh }) => send(other, elsewhere, fresh),
  'work begins': ({ line }) => fire(handlerOf(BeginJobWhenWorkBegins), line.jobId),
  'work ends': ({ line }) => fire(handlerOf(EndJobWhenWorkEnds), line.jobId),
  'the crew is done': ({ assignmentId }) => fire(handlerOf(CompleteAssignmentWhenItsDaysAreOver), assignmentId),
};

/** What can never be, read from the tables. */
async function wrongs({ line, elsewhere, worker, rival }: Scene): Promise<string[]> {
  const jobs = [line.jobId, elsewhere.jobId];
  const { rows } = await sql<{ wrong: string }>`
    select 'a line has more filled slots than it says, or than its count' as wrong from lines l
      where l.job_id = any(${jobs}) and (l.filled > l.count or l.filled <> (select count(*) from slots s where s.line_id = l.line_id and s.state = 'filled'))
    union all
    select 'a job counts other places than its lines' from jobs j
      where j.job_id = any(${jobs}) and j.filled <> (select sum(filled) from lines l where l.job_id = j.job_id)
    union all
    select 'an invite has two final states' from steps s join invites i on i.invite_id = s.subject_id
      where i.job_id = any(${jobs}) and s.to_state in ('accepted', 'declined', 'expired', 'withdrawn', 'superseded') group by i.invite_id having count(*) > 1
    union all
    select 'an accepted invite has no assignment, or an assignment no accepted invite' from invites i full join assignments a on a.invite_id = i.invite_id
      where coalesce(i.job_id, a.job_id) = any(${jobs}) and (i.state = 'accepted') is distinct from (a.assignment_id is not null)
    union all
    select 'somebody waits for a line that is full' from invites i join lines l on l.line_id = i.line_id
      where i.job_id = any(${jobs}) and i.state in ('sent', 'seen') and l.filled >= l.count
    union all
    select 'somebody is asked for hours that are booked' from invites i join lines l on l.line_id = i.line_id
      where i.worker = any(${[worker.personId, rival.personId]}) and i.job_id = any(${jobs}) and i.state in ('sent', 'seen')
      and exists (select from assignment_days b where b.worker = i.worker and b.day = any(l.days))
    union all
    select 'an invite waits for somebody without a hat' from invites i join hats_off h on h.worker = i.worker
      where i.job_id = any(${jobs}) and i.state in ('sent', 'seen')
    union all
    select 'a row and its last event have different versions' from invites i join aggregate_versions v on v.aggregate_type = 'invite' and v.aggregate_id = i.invite_id::text
      where i.job_id = any(${jobs}) and i.version <> v.version
    union all
    select 'a job and its last event have different versions' from jobs j join aggregate_versions v on v.aggregate_type = 'job' and v.aggregate_id = j.job_id::text
      where j.job_id = any(${jobs}) and j.version <> v.version`.execute(query());
  return rows.map(({ wrong }) => wrong);
}

it('answers any two writes that meet as it answers them one after the other, at the first try', async () => {
  expect(await racePairs({ service: test.matching, scene: makeScene, writes, hold, wrongs }, { rounds: 2, lanes: LANES })).toEqual([]);
}, 600_000);

it('does so with what is done to a draft', async () => {
  const scene = async () => {
    const contractor = test.contractor();
    return { contractor, draft: await test.draft(contractor) };
  };
  type DraftScene = Awaited<ReturnType<typeof scene>>;
  const ofDraft: Record<string, (scene: DraftScene) => Promise<string>> = {
    'open': ({ contractor, draft: { jobId, version } }) =>
      test.http.send(openJob, { as: contractor, params: { jobId }, ifMatch: version }).then(outcomeOf),
    'describe another': ({ contractor }) => test.http.send(describeJob, { as: contractor, body: test.jobBody() }).then(outcomeOf),
    'describe one twice': ({ contractor, draft: { title } }) =>
      test.http.send(describeJob, { as: contractor, body: { ...test.jobBody(), title }, idempotencyKey: 'twice' }).then(outcomeOf),
    'work begins': ({ draft }) => fire(handlerOf(BeginJobWhenWorkBegins), draft.jobId),
    'work ends': ({ draft }) => fire(handlerOf(EndJobWhenWorkEnds), draft.jobId),
  };
  const holdDraft = (tx: Tx, { draft: { jobId } }: DraftScene) => sql`select from jobs where job_id = ${jobId} for update`.execute(tx);
  const course = { service: test.matching, scene, writes: ofDraft, hold: holdDraft, wrongs: async () => [] };
  expect(await racePairs(course, { rounds: 4, lanes: LANES })).toEqual([]);
}, 120_000);
