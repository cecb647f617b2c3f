import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { hatsChanged } from '@muster/contracts/auth/events';
import type { EventOf } from '@muster/contracts/kernel/event';
import { cancelAssignment, cancelJob, freeSlot } from '@muster/contracts/matching/cancellations.routes';
import type { AssignmentId, InviteId, JobId, LineId, SlotId } from '@muster/contracts/matching/ids';
import { acceptInvite, declineInvite, markInviteSeen, sendInvite, withdrawInvite } from '@muster/contracts/matching/invites.routes';
import { describeJob, openJob } from '@muster/contracts/matching/jobs.routes';
import type { TestPerson } from '@muster/platform/testing/http';
import { outcomeOf, racePairs, type RaceCourse } from '@muster/platform/testing/race-pairs';
import type { TestService } from '@muster/platform/testing/start-service';
import type { TimerHandler } from '@muster/platform/timers/on-timer';
import { sql } from 'kysely';
import { SceneCopies } from '../../test/copy-scene';
import { MatchingTest } from '../../test/start-matching';
import { CompleteAssignmentWhenItsDaysAreOver } from '../assignments/complete-assignment-when-its-days-are-over';
import { BeginJobWhenWorkBegins } from '../jobs/begin-job-when-work-begins';
import { EndJobWhenWorkEnds } from '../jobs/end-job-when-work-ends';
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
  readonly crewSlot: SlotId;
}

let test: MatchingTest;
let replicas: readonly [TestService, TestService];
const lanes: People[] = [];
const scenes: SceneCopies<Scene>[] = [];

beforeAll(async () => {
  test = await MatchingTest.start();
  replicas = [test.matching, await test.replica()];
  const workers = await test.workers(LANES * PEOPLE.length);
  for (let lane = 0; lane < LANES; lane += 1) {
    lanes.push(Object.fromEntries(PEOPLE.map((name, index) => [name, workers[lane * PEOPLE.length + index]])) as People);
  }
  for (const people of lanes) scenes.push(await SceneCopies.of(query(), ...(await firstScene(people)), idsOf(people)));
});
afterAll(async () => {
  await replicas[1].close();
  await test.close();
});

const query = () => test.matching.db.query();

const idsOf = (people: People) => PEOPLE.map((name) => people[name].personId);

async function makeScene(lane: number): Promise<Scene> {
  const ids = idsOf(lanes[lane]!);
  // The same people again: nothing waits for them, nobody is booked, the hat is on.
  await sql`update invites set state = 'withdrawn', ended_at = sent_at where worker = any(${ids}) and state in ('sent', 'seen')`.execute(query());
  await sql`delete from assignment_days where worker = any(${ids})`.execute(query());
  await sql`delete from hats_off where worker = any(${ids})`.execute(query());
  const scene = await scenes[lane]!.copy();
  [scene.contractor, scene.other].forEach(({ personId }) => test.cards.set(personId, 'A contractor'));
  return scene;
}

async function firstScene(people: People): Promise<[scene: Scene, jobs: JobId[]]> {
  const [contractor, other] = [test.contractor(), test.contractor()];
  const [line, elsewhere] = await Promise.all([test.openLine(contractor, { count: 2 }), test.openLine(other)]);
  const [crew, toWorker, toRival] = await Promise.all([people.crew, people.worker, people.rival].map((worker) => test.invite(contractor, line, worker)));
  await test.accept(people.crew, crew!);
  const toWorkerElsewhere = await test.invite(other, elsewhere, people.worker);
  const toRivalElsewhere = await test.invite(other, elsewhere, people.rival);
  const { rows } = await sql<{ assignment_id: AssignmentId }>`select assignment_id from assignments where line_id = ${line.lineId}`.execute(query());
  const assignmentId = rows[0]!.assignment_id;
  const scene = { ...people, contractor, other, line, elsewhere, toWorker: toWorker!, toRival: toRival!, toWorkerElsewhere, toRivalElsewhere, assignmentId, crewSlot: await test.slotOf(contractor, line.jobId, people.crew) };
  return [scene, [line.jobId, elsewhere.jobId]];
}

/** As the timers do it, in a transaction of its own. */
async function fire({ db, app, clock }: TestService, type: new (...args: never[]) => TimerHandler, key: string): Promise<string> {
  await db.transaction((tx) => app.get<TimerHandler>(type).fire(tx, { kind: '', key, at: clock.now(), payload: null }));
  return 'done';
}
const send = ({ http }: TestService, as: TestPerson, line: Scene['line'], worker: TestPerson) =>
  http.send(sendInvite, { as, params: line, body: { worker: worker.personId } }).then(outcomeOf);
const answer = ({ http }: TestService, route: typeof acceptInvite | typeof declineInvite | typeof markInviteSeen, as: TestPerson, params: { inviteId: InviteId }) =>
  http.send(route, { as, params }).then(outcomeOf);

async function timeIsUp({ toWorker: { inviteId } }: Scene, { db, app, clock }: TestService): Promise<string> {
  await db.transaction(async (tx) => {
    await sql`update invites set expires_at = ${clock.now()} where invite_id = ${inviteId}`.execute(tx);
    await app.get(ExpireInviteWhenTimeIsUp).fire(tx, { kind: '', key: inviteId, at: clock.now(), payload: null });
  });
  return 'done';
}

async function hatOff({ worker }: Scene, { db, app }: TestService): Promise<string> {
  const event = { type: hatsChanged.type, aggregateId: worker.personId, data: { hats: ['contractor'] } } as unknown as EventOf<typeof hatsChanged>;
  await db.transaction((tx) => app.get(DeclineInvitesWhenHatComesOff).apply(tx, event));
  return 'done';
}

const writes: Record<string, (scene: Scene, replica: TestService) => Promise<string>> = {
  'accept': ({ worker, toWorker }, on) => answer(on, acceptInvite, worker, toWorker),
  'a rival accepts': ({ rival, toRival }, on) => answer(on, acceptInvite, rival, toRival),
  'accept elsewhere': ({ worker, toWorkerElsewhere }, on) => answer(on, acceptInvite, worker, toWorkerElsewhere),
  'a rival accepts elsewhere': ({ rival, toRivalElsewhere }, on) => answer(on, acceptInvite, rival, toRivalElsewhere),
  'decline': ({ worker, toWorker }, on) => answer(on, declineInvite, worker, toWorker),
  'see': ({ worker, toWorker }, on) => answer(on, markInviteSeen, worker, toWorker),
  'withdraw': ({ contractor, toWorker }, { http }) => http.send(withdrawInvite, { as: contractor, params: toWorker }).then(outcomeOf),
  'time is up': timeIsUp,
  'the place is released': ({ toWorker }, on) => fire(on, ReleasePlaceWhenInviteWaitsLong, toWorker.inviteId),
  'the hat comes off': hatOff,
  'ask somebody else': ({ contractor, line, fresh }, on) => send(on, contractor, line, fresh),
  'ask the worker again': ({ contractor, line, worker }, on) => send(on, contractor, line, worker),
  'ask somebody else elsewhere': ({ other, elsewhere, fresh }, on) => send(on, other, elsewhere, fresh),
  'the crew cannot come': ({ crew, assignmentId }, { http }) =>
    http.send(cancelAssignment, { as: crew, params: { assignmentId }, body: { reason: 'ill' } }).then(outcomeOf),
  'the crew is taken out': ({ contractor, line, crew, crewSlot }, { http }) =>
    http
      .send(freeSlot, { as: contractor, params: { jobId: line.jobId, slotId: crewSlot }, body: { worker: crew.personId, reason: 'mistake' } })
      .then(outcomeOf),
  'the job is called off': ({ contractor, line }, { http }) =>
    http.send(cancelJob, { as: contractor, params: { jobId: line.jobId }, body: { reason: 'weather' } }).then(outcomeOf),
  'work begins': ({ line }, on) => fire(on, BeginJobWhenWorkBegins, line.jobId),
  'work ends': ({ line }, on) => fire(on, EndJobWhenWorkEnds, line.jobId),
  'the crew is done': ({ assignmentId }, on) => fire(on, CompleteAssignmentWhenItsDaysAreOver, assignmentId),
};

const holds: RaceCourse<Scene>['holds'] = [
  (tx, { worker, rival, fresh }) => sql`
    select from people where person_id = any(${[worker, rival, fresh].map(({ personId }) => personId)}) order by person_id for update`.execute(tx),
  (tx, { line, elsewhere }) => sql`select from lines where line_id = any(${[line.lineId, elsewhere.lineId]}) order by line_id for update`.execute(tx),
  (tx, { line, elsewhere }) => sql`select from jobs where job_id = any(${[line.jobId, elsewhere.jobId]}) order by job_id for update`.execute(tx),
  (tx, { line, elsewhere }) => sql`select from invites where job_id = any(${[line.jobId, elsewhere.jobId]}) order by invite_id for update`.execute(tx),
];

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
      and exists (select from assignment_days b where b.worker = i.worker and not b.given_up and b.day = any(l.days))
    union all
    select 'an assignment that was cancelled holds a slot or its hours' from assignments a
      where a.job_id = any(${jobs}) and a.state in ('cancelled_early', 'cancelled_late') and (
        exists (select from slots s where s.assignment_id = a.assignment_id)
        or exists (select from assignment_days d where d.assignment_id = a.assignment_id and not d.given_up))
    union all
    select 'somebody is to come to a job that was called off' from jobs j join lines l on l.job_id = j.job_id
      where j.job_id = any(${jobs}) and j.state = 'cancelled' and (
        exists (select from assignments a where a.line_id = l.line_id and a.state in ('accepted', 'confirmed'))
        or exists (select from invites i where i.line_id = l.line_id and i.state in ('sent', 'seen')))
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
  expect(await racePairs({ replicas, scene: makeScene, writes, holds, wrongs }, { freeRounds: 0, lanes: LANES })).toEqual([]);
}, 600_000);

it('does so with what is done to a draft', async () => {
  const scene = async () => {
    const contractor = test.contractor();
    return { contractor, draft: await test.draft(contractor) };
  };
  const course: RaceCourse<Awaited<ReturnType<typeof scene>>> = {
    replicas,
    scene,
    writes: {
      'open': ({ contractor, draft: { jobId, version } }, { http }) =>
        http.send(openJob, { as: contractor, params: { jobId }, ifMatch: version }).then(outcomeOf),
      'describe another': ({ contractor }, { http }) => http.send(describeJob, { as: contractor, body: test.jobBody() }).then(outcomeOf),
      'describe one twice': ({ contractor, draft: { title } }, { http }) =>
        http.send(describeJob, { as: contractor, body: { ...test.jobBody(), title }, idempotencyKey: 'twice' }).then(outcomeOf),
      'work begins': ({ draft }, on) => fire(on, BeginJobWhenWorkBegins, draft.jobId),
      'work ends': ({ draft }, on) => fire(on, EndJobWhenWorkEnds, draft.jobId),
    },
    holds: [(tx, { draft: { jobId } }) => sql`select from jobs where job_id = ${jobId} for update`.execute(tx)],
    wrongs: async () => [],
  };
  expect(await racePairs(course, { freeRounds: 3, lanes: LANES })).toEqual([]);
}, 300_000);
