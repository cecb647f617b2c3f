// What each outage is declared to do, and the comparison with what was seen. Pure.
import type { ServiceName } from '@muster/contracts/kernel/ids';
import type { DependencyName } from '../product/deployment';
import type { Fault } from '../product/edges';

export type Kind = 'read' | 'write' | 'search';

/** What was seen of one service while one dependency was harmed in one way. */
export interface Seen {
  readonly dependency: DependencyName;
  readonly fault: Fault;
  readonly service: ServiceName;
  /** Statuses and codes of problems, by what was asked. */
  readonly answers: Readonly<Partial<Record<Kind, readonly string[]>>>;
  /** Of the slowest answer, milliseconds. */
  readonly slowestMs: number;
  /** Liveness that was not answered 200. */
  readonly notLive: number;
  /** Milliseconds after which readiness first said no. */
  readonly unreadyAfterMs: number | undefined;
  /** Breakers that were open, by the metric. */
  readonly breakers: readonly string[];
  /** Alerts that fire if it goes on. */
  readonly alerts: readonly string[];
  /** Milliseconds after the harm ended until everything worked, was ready and closed; undefined: not in time. */
  readonly backMs: number | undefined;
}
