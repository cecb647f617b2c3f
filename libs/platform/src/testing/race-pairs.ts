import { sql } from 'kysely';
import type { Database } from '../database/database';
import type { TestAnswer } from './http';

/** A service's writes, and the things over which they can meet. */
export interface RaceCourse<Scene> {
  readonly db: Database;
  /** Makes the things anew. Two scenes with one `lane` are never in use at the same time, so they may share people. */
  scene(lane: number): Promise<Scene>;
  /** By their names. Each answers with its outcome, {@link outcomeOf} a request, that is the same whenever the same happened. */
  readonly writes: Readonly<Record<string, (scene: Scene) => Promise<string>>>;
  /** What may never be, whichever of two writes came first: a sentence for each thing that is. */
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
 * @param options.rounds races of each pair
 * @param options.lanes pairs that are run at the same time
 * @returns what went wrong, a sentence each
 */
export async function racePairs<Scene>(course: RaceCourse<Scene>, options: { rounds: number; lanes: number }): Promise<string[]> {
  const names = Object.keys(course.writes);
  const pairs = names.flatMap((one, index) => names.slice(index).map((other) => [one, other] as const));
  const before = await troubles(course.db);
  const faults: string[] = [];
  const lanes = Array.from({ length: options.lanes }, async (_, lane) => {
    for (let pair = pairs.shift(); pair; pair = pairs.shift()) faults.push(...(await race(course, pair, lane, options.rounds)));
  });
  await Promise.all(lanes);
  const after = await troubles(course.db);
  if (after.retries > before.retries) faults.push(`${after.retries - before.retries} transactions were repeated`);
  if (after.deadlocks > before.deadlocks) faults.push(`PostgreSQL found ${after.deadlocks - before.deadlocks} deadlocks`);
  return faults;
}

async function race<Scene>(
  course: RaceCourse<Scene>,
  [one, other]: readonly [string, string],
  lane: number,
  rounds: number,
): Promise<string[]> {
  const { writes } = course;
  const [first, second] = [writes[one], writes[other]] as const;
  if (!first || !second) throw new Error('a pair is made of the course’s own writes');
  const pair = `${one} | ${other}`;
  const faults: string[] = [];
  const inspect = async (scene: Scene) => faults.push(...(await course.wrongs(scene)).map((wrong) => `${pair}: ${wrong}`));
  const inTurn = async (earlier: typeof first, later: typeof first): Promise<[string, string]> => {
    const scene = await course.scene(lane);
    const answers: [string, string] = [await earlier(scene), await later(scene)];
    await inspect(scene);
    return answers;
  };
  const [a, b] = await inTurn(first, second);
  const [d, c] = first === second ? [b, a] : await inTurn(second, first);
  const allowed = new Set([`${a} | ${b}`, `${c} | ${d}`]);
  for (let round = 0; round < rounds; round += 1) {
    const scene = await course.scene(lane);
    const answers = (await Promise.all([first(scene), second(scene)])).join(' | ');
    if (!allowed.has(answers)) faults.push(`${pair}: at once ${answers}, one after the other ${[...allowed].join(' or ')}`);
    await inspect(scene);
  }
  return faults;
}

async function troubles(db: Database): Promise<{ retries: number; deadlocks: number }> {
  const { rows } = await sql<{ deadlocks: number }>`
    select deadlocks::integer from pg_stat_database where datname = current_database()`.execute(db.query());
  return { retries: db.transactionRetries, deadlocks: rows[0]?.deadlocks ?? 0 };
}
