import { sql } from 'kysely';
import { Database, type Tx } from '../database/database';
import { pause } from '../kernel/backoff';
import type { TestAnswer } from './http';
import type { TestService } from './start-service';

/** A service's writes, and the things over which they can meet. */
export interface RaceCourse<Scene> {
  /**
   * Two replicas on one database. Each of two racing writes gets its own replica, so that turns within a process cannot
   * serialise them.
   */
  readonly replicas: readonly [TestService, TestService];
  /** Makes the things anew. Two scenes with one `lane` are never in use at the same time, so they may share people. */
  scene(lane: number): Promise<Scene>;
  /** By their names. Each answers with its outcome, {@link outcomeOf} a request, that is the same whenever the same happened. */
  readonly writes: Readonly<Record<string, (scene: Scene, replica: TestService) => Promise<string>>>;
  /**
   * Each locks the rows of one kind that a write of this scene may lock, and one race of each pair begins while they are
   * held: the writes come as far as their first row of the kind, with all that they hold already, and are let go at once.
   * Two that lock in different orders meet there, not once in a thousand times. A pair of which neither needs the rows is
   * not raced over them.
   */
  readonly holds: ReadonlyArray<(tx: Tx, scene: Scene) => Promise<unknown>>;
  /** Describes states that must never occur, whichever of two writes came first: a sentence for each one found. */
  wrongs(scene: Scene): Promise<readonly string[]>;
}

/** The status of an answer, with the code of its problem. */
export function outcomeOf({ status, body }: TestAnswer): string {
  const code = (body as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? `${status} ${code}` : String(status);
}

/**
 * Runs each write of a service against each other and against itself, from a barrier. What two that ran at once were
 * answered must be what they are answered one after the other, in one order or the other: whoever could succeed did, at
 * the first try. No transaction may have been repeated, and PostgreSQL may have found no deadlock.
 *
 * @param options.freeRounds races of each pair in which nothing is held, besides one for each of `holds`
 * @param options.lanes pairs that are run at the same time
 * @returns what went wrong, a sentence each
 */
export async function racePairs<Scene>(course: RaceCourse<Scene>, options: { freeRounds: number; lanes: number }): Promise<string[]> {
  const names = Object.keys(course.writes);
  const pairs = names.flatMap((one, index) => names.slice(index).map((other) => [one, other] as const));
  const before = await troubles(course.replicas);
  const faults: string[] = [];
  // Connections of their own: those who hold and watch must not take away those that the writes need.
  const holders = new Database({ url: course.replicas[0].database.url, applicationName: 'race', size: 2 * options.lanes, onIdleError: () => undefined });
  const inLanes = <T>(work: readonly T[], run: (one: T, lane: number) => Promise<void>): Promise<unknown> => {
    const waiting = [...work];
    return Promise.all(
      Array.from({ length: options.lanes }, async (_, lane) => {
        for (let one = waiting.shift(); one; one = waiting.shift()) await run(one, lane);
      }),
    );
  };
  const holdsOf = new Map<string, Array<RaceCourse<Scene>['holds'][number]>>(names.map((name) => [name, []]));
  try {
    await inLanes(names.flatMap((name) => course.holds.map((hold) => ({ name, hold }))), async ({ name, hold }, lane) => {
      if (await needsRows(course, holders, name, hold, lane)) holdsOf.get(name)?.push(hold);
    });
    await inLanes(pairs, async (pair, lane) => {
      const holds = course.holds.filter((hold) => pair.some((name) => holdsOf.get(name)?.includes(hold)));
      const free = Array<undefined>(holds.length === 0 ? Math.max(1, options.freeRounds) : options.freeRounds);
      faults.push(...(await race(course, holders, pair, lane, [...holds, ...free])));
    });
  } finally {
    await holders.close();
  }
  const after = await troubles(course.replicas);
  if (after.retries > before.retries) faults.push(`${after.retries - before.retries} transactions were repeated`);
  if (after.deadlocks > before.deadlocks) faults.push(`PostgreSQL found ${after.deadlocks - before.deadlocks} deadlocks`);
  return faults;
}

/** Whether a write of a new scene comes to rows that are held. A pair of which neither does would not meet there. */
async function needsRows<Scene>(
  { scene, writes, replicas }: RaceCourse<Scene>,
  holders: Database,
  name: string,
  hold: RaceCourse<Scene>['holds'][number],
  lane: number,
): Promise<boolean> {
  const made = await scene(lane);
  const { met, endedBefore } = await fromHeldRows(holders, (tx) => hold(tx, made), () => [writes[name]!(made, replicas[0])]);
  await met.catch(() => undefined);
  return endedBefore === 0;
}

async function race<Scene>(
  course: RaceCourse<Scene>,
  holders: Database,
  [one, other]: readonly [string, string],
  lane: number,
  rounds: ReadonlyArray<RaceCourse<Scene>['holds'][number] | undefined>,
): Promise<string[]> {
  const { writes, replicas: [left, right] } = course;
  const [first, second] = [writes[one], writes[other]] as const;
  if (!first || !second) throw new Error('a pair is made of the course’s own writes');
  const pair = `${one} | ${other}`;
  const faults: string[] = [];
  const inspect = async (scene: Scene) => faults.push(...(await course.wrongs(scene)).map((wrong) => `${pair}: ${wrong}`));
  const inTurn = async (earlier: typeof first, later: typeof first): Promise<[string, string]> => {
    const scene = await course.scene(lane);
    const answers: [string, string] = [await earlier(scene, left), await later(scene, right)];
    await inspect(scene);
    return answers;
  };
  const [a, b] = await inTurn(first, second);
  const [d, c] = first === second ? [a, b] : await inTurn(second, first);
  const allowed = new Set([`${a} | ${b}`, `${c} | ${d}`]);
  for (const hold of rounds) {
    const { scene, answers } = await meet(holders, hold, async () => {
      const made = await course.scene(lane);
      return { made, writes: () => [first(made, left), second(made, right)] };
    });
    if (!allowed.has(answers.join(' | '))) faults.push(`${pair}: at once ${answers.join(' | ')}, one after the other ${[...allowed].join(' or ')}`);
    await inspect(scene);
  }
  return faults;
}

/** How long two writes have to end, or to come as far as rows that are locked. One that is slower is not waited for. */
const ARRIVE_MS = 250;
/** A service gives up a lock after two seconds: writes that stood longer than this at held rows may rightly answer 503. */
const LONGEST_HOLD_MS = 1_000;

/** Lets two writes meet in a scene; in another one where the machine was too busy to let go of the rows in time. */
async function meet<Scene>(
  holders: Database,
  hold: RaceCourse<Scene>['holds'][number] | undefined,
  prepare: () => Promise<{ made: Scene; writes: () => ReadonlyArray<Promise<string>> }>,
): Promise<{ scene: Scene; answers: readonly string[] }> {
  const { made: scene, writes } = await prepare();
  if (!hold) return { scene, answers: await Promise.all(writes()) };
  const { met, heldMs } = await fromHeldRows(holders, (tx) => hold(tx, scene), writes);
  if (heldMs < LONGEST_HOLD_MS) return { scene, answers: await met };
  await met.catch(() => undefined);
  return meet(holders, hold, prepare);
}

async function fromHeldRows(
  holders: Database,
  hold: (tx: Tx) => Promise<unknown>,
  writes: () => ReadonlyArray<Promise<string>>,
): Promise<{ met: Promise<readonly string[]>; endedBefore: number; heldMs: number }> {
  let met: Promise<readonly string[]> | undefined;
  let begunAt = 0;
  let endedBefore = 0;
  await holders.transaction(async (tx) => {
    await hold(tx);
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
    let over = 0;
    begunAt = performance.now();
    const begun = writes();
    met = Promise.all(begun.map((write) => write.finally(() => (over += 1))));
    // A failure is handled where the promise is awaited below; until then it must not count as unhandled.
    met.catch(() => undefined);
    // A write that needs no row of this kind ends; the other one is let go as soon as it waits, not when the time is up.
    const arrived = async (): Promise<boolean> => over === begun.length || over + (await waitersFor(holders, rows[0]?.pid)) >= begun.length;
    while (performance.now() < begunAt + ARRIVE_MS && !(await arrived())) await pause(2);
    endedBefore = over;
  });
  if (!met) throw new Error('the rows were let go before anybody asked for them');
  return { met, endedBefore, heldMs: performance.now() - begunAt };
}

/** Counts the backends that wait for this backend, directly or indirectly. */
async function waitersFor(db: Database, pid: number | undefined): Promise<number> {
  const { rows } = await sql<{ waiters: number }>`
    with waiting as (select pid, pg_blocking_pids(pid) as behind from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')
    select count(*)::integer as waiters from waiting
    where behind && array(select pid from waiting where ${pid}::integer = any(behind) union all select ${pid}::integer)`.execute(db.query());
  return rows[0]?.waiters ?? 0;
}

async function troubles(replicas: readonly TestService[]): Promise<{ retries: number; deadlocks: number }> {
  const { rows } = await sql<{ deadlocks: number }>`
    select deadlocks::integer from pg_stat_database where datname = current_database()`.execute(replicas[0]!.db.query());
  return { retries: replicas.reduce((sum, { db }) => sum + db.transactionRetries, 0), deadlocks: rows[0]?.deadlocks ?? 0 };
}
