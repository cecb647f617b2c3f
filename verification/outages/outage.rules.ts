// What each outage is declared to do, and how what was seen is held against it. Pure.
import type { ServiceName } from '@muster/contracts/kernel/ids';
import type { DependencyName } from '../product/deployment';
import type { Fault } from '../product/edges';

export type Kind = 'read' | 'write' | 'search';

/** What was seen of one service while one dependency was harmed in one way. */
export interface Seen {
  readonly dependency: DependencyName;
  readonly fault: Fault;
  readonly service: ServiceName;
  /** `done`, or status and code of the problem, by what was asked. */
  readonly answers: Readonly<Partial<Record<Kind, readonly string[]>>>;
  /** Of the slowest answer, milliseconds. */
  readonly slowestMs: number;
  /** Liveness that was not answered 200. */
  readonly notLive: number;
  /** Milliseconds after which readiness first said no. */
  readonly unreadyAfterMs?: number | undefined;
  /** Breakers that were open, by the metric. */
  readonly breakers: readonly string[];
  /** Alerts that fire if it goes on. */
  readonly alerts: readonly string[];
  /** Milliseconds after the harm ended until everything worked, was ready and closed; undefined: not in time. */
  readonly backMs?: number | undefined;
}

interface Declared extends Readonly<Record<Kind, readonly string[]>> {
  /** No answer comes later than this, milliseconds. */
  readonly withinMs: number;
  /** Whether replicas leave once the outage has lasted for twenty seconds; before that none ever does. Undefined: some may. */
  readonly leaves: boolean | undefined;
  /** Breakers that open. */
  readonly breakers: readonly string[];
  readonly alerts: readonly string[];
  /** Alerts and breakers that may come as well, by how far things had gone. */
  readonly may: readonly string[];
}

const unavailable = '503 platform.unavailable';
const cutOff = '503 platform.sign_in_cut_off';
/** A busy machine is late itself: these three fire for that alone, and say so. */
const lateness = ['MusterLatencyBurn', 'MusterCountersAlone', 'MusterEventLoopBlocked'];

const untouched: Declared = { read: ['done'], write: ['done'], search: ['done'], withinMs: 3000, leaves: false, breakers: [], alerts: [], may: lateness };
/** Without its database a service answers 503, and what is in memory goes on. Auth's is everybody's for knowing who was signed out. */
const databaseGone: Declared = {
  ...untouched, read: [unavailable], write: [unavailable, cutOff], leaves: true, alerts: ['MusterAvailabilityBurn', 'MusterNothingReady', 'MusterRevocationsUnknown'],
  may: [...lateness, 'MusterDependencyCutOff', 'MusterDatabaseConnectionsShort', 'MusterOutboxStuck', 'MusterTimersFail', 'auth'],
};
const auth = (own: Partial<Declared>, others: Partial<Declared> = {}) => (service: ServiceName): Partial<Declared> => (service === 'auth' ? own : others);

type ByService = (service: ServiceName) => Partial<Declared>;
const declared: Readonly<Record<DependencyName, { readonly usual: Declared } & Readonly<Partial<Record<Fault | 'every', ByService>>>>> = {
  postgres: {
    usual: databaseGone,
    // One statement takes its five seconds, a transaction of several more than a request may; who was signed out is learnt too late.
    slow: () => ({ read: [unavailable, 'done'], withinMs: 21_000, leaves: undefined, alerts: ['MusterAvailabilityBurn'], may: [...databaseGone.may, 'MusterRevocationsUnknown', 'MusterNothingReady'] }),
    'half-open': () => ({ withinMs: 13_000 }),
  },
  // Events wait in the outbox; everybody polls auth for revocations once a second instead.
  nats: { usual: { ...untouched, may: [...lateness, 'MusterLiveHintsLost'] }, every: auth({}, { alerts: ['MusterOutboxStuck'] }) },
  valkey: { usual: { ...untouched, alerts: ['MusterCountersAlone'] } },
  // Keys are kept and revocations go on by the broker's feed: nobody notices until both are gone.
  jwks: { usual: { ...untouched, may: [...lateness, 'MusterDependencyCutOff', 'auth'] } },
  // Mail waits as tasks, which come again.
  smtp: { usual: untouched, every: auth({ alerts: ['MusterTasksFail'], may: [...lateness, 'MusterTasksLate'] }) },
};

/** What is declared of this cell. */
function declaredOf({ dependency, fault, service }: Pick<Seen, 'dependency' | 'fault' | 'service'>): Declared {
  const { usual, every, [fault]: special } = declared[dependency];
  return { ...usual, ...every?.(service), ...special?.(service) };
}

/** A probe is a second or two late; nobody leaves earlier than this, milliseconds. */
const TOLERATED_MS = 17_000;
export const BACK_MS = 10_000;

/** In which ways a cell is not as declared, each a sentence; empty where it is. */
export function faultsOf(seen: Seen): string[] {
  const said = declaredOf(seen);
  const { slowestMs, notLive, unreadyAfterMs, backMs } = seen;
  const found: Array<[boolean, string]> = [
    ...(Object.entries(seen.answers) as Array<[Kind, readonly string[]]>).flatMap(([kind, answers]): Array<[boolean, string]> => [
      [answers.some((answer) => !said[kind].includes(answer)), `a ${kind} was answered ${answers.join(', ')}, not ${said[kind].join(', ')} alone`],
      [answers.length === 0, `no ${kind} was answered`],
    ]),
    [slowestMs > said.withinMs, `an answer took ${slowestMs} ms, more than ${said.withinMs}`],
    [notLive > 0, `liveness failed ${notLive} times`],
    [(unreadyAfterMs ?? Number.POSITIVE_INFINITY) < TOLERATED_MS, `a replica left after ${unreadyAfterMs} ms, and with it all others`],
    [said.leaves !== undefined && said.leaves !== (unreadyAfterMs !== undefined), said.leaves ? 'no replica left after twenty seconds' : 'a replica left'],
    [backMs === undefined || backMs > BACK_MS, `it was not back within ${BACK_MS / 1000} s but after ${backMs ?? 'more than the run waits'}`],
    ...(['breakers', 'alerts'] as const).flatMap((what): Array<[boolean, string]> => [
      [said[what].some((name) => !seen[what].includes(name)), `${what} ${said[what].join(', ')} are declared, seen were ${seen[what].join(', ') || 'none'}`],
      [seen[what].some((name) => ![...said[what], ...said.may].includes(name)), `${what} ${seen[what].join(', ')} are more than declared`],
    ]),
  ];
  return found.filter(([isWrong]) => isWrong).map(([, sentence]) => `${seen.dependency} ${seen.fault}, ${seen.service}: ${sentence}`);
}
