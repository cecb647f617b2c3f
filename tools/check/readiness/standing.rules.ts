// Where a line stands: what was measured now, or what is on record and how much that still says. And what a run exits with.
import type { Verdict } from './judge.rules';
import type { Line, Status } from './line';

/** A result as it is kept in docs/generated/readiness.json. */
export interface Result extends Omit<Verdict, 'measured'> {
  /** ISO instant, to the minute. */
  readonly at: string;
  /** Short hash; with a plus where files were changed and not committed. */
  readonly commit: string;
  /** Hash of the files that the result follows from. */
  readonly inputs: string;
  /** Key into the machines of the record. */
  readonly machine: string;
  readonly seconds: number;
  /** Load average of the machine when it was measured; absent where the machine had nothing else to do. */
  readonly load?: number;
}

/** A line as the document shows it: where it stood when the document was written. */
export interface Shown {
  readonly status: Status;
  readonly why: string;
}

export interface Standing extends Shown {
  readonly line: Line;
  /** What was learnt in this run; undefined where nothing was. */
  readonly now?: Result;
  /** What the status and the figure are from. */
  readonly result?: Result;
}

export const DAYS_FRESH = 30;
const order: Readonly<Record<Status, number>> = { GREEN: 0, YELLOW: 1, RED: 2 };

/** The worst of several; GREEN of none. */
export const worst = (all: readonly Status[]): Status => all.reduce<Status>((found, one) => (order[one] > order[found] ? one : found), 'GREEN');

export const measured = (line: Line, now: Result): Standing => ({ line, status: now.status, why: now.why, now, result: now });

interface Known {
  readonly result?: Result | undefined;
  readonly shown?: Shown | undefined;
}

/** Not measured in this run: the recorded result, as far as it still says anything. */
export function remembered(line: Line, { result, shown }: Known, here: { readonly at: Date; readonly inputs: string }, leftOut = ''): Standing {
  // Left out for want of a daemon, a tool or time is not the same as evidence that does not exist; nor is it in a run that did not try.
  if (!result && !leftOut && shown?.status === 'YELLOW') return { line, ...shown };
  if (!result) return { line, status: leftOut ? 'YELLOW' : 'RED', why: [leftOut, 'never measured'].filter(Boolean).join('; ') };
  const days = Math.floor((here.at.getTime() - Date.parse(result.at)) / 86_400_000);
  const stale = [
    ...(leftOut ? [leftOut] : []),
    ...(days > DAYS_FRESH ? [`measured ${days} days ago`] : []),
    ...(result.inputs !== here.inputs ? [`what it depends on has changed since ${result.commit}`] : []),
  ];
  return { line, status: worst([result.status, ...(stale.length > 0 ? ['YELLOW' as const] : [])]), why: [result.why, ...stale].filter(Boolean).join('; '), result };
}

/** Lines that this run found worse than the record, or RED without one. What is declared to come later is none. */
export function regressions(standings: readonly Standing[], recorded: Readonly<Record<string, Result>>): Standing[] {
  return standings.filter(({ now, line }) => {
    const before = recorded[line.id];
    return now && (before ? order[now.status] > order[before.status] : now.status === 'RED' && line.later === undefined);
  });
}

/** 0 or 1. `--quick` fails on a regression and on a document that is not what its record says; otherwise each RED fails. */
export function exitStatus(standings: readonly Standing[], recorded: Readonly<Record<string, Result>>, drifted: boolean, quick: boolean): number {
  const isWrong = quick ? regressions(standings, recorded).length > 0 : standings.some(({ status }) => status === 'RED');
  return drifted || isWrong ? 1 : 0;
}

/** What is not GREEN, that which costs most first. */
export function gaps(standings: readonly Standing[]): Standing[] {
  const cost = ({ line, status }: Standing): number => line.risk * order[status];
  return standings.filter(({ status }) => status !== 'GREEN').sort((a, b) => cost(b) - cost(a) || b.line.risk - a.line.risk || (a.line.id < b.line.id ? -1 : 1));
}
