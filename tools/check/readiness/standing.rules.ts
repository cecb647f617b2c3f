// Where a line stands: what was measured now, or what is on record and how much that still says. And what a run exits with.
import type { Line, Status } from './line';
import type { Verdict } from './judge.rules';

/** A result as it is kept in docs/generated/readiness.json. */
export interface Result {
  readonly status: Status;
  readonly figure: string;
  readonly why: string;
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

export interface Standing {
  readonly id: string;
  readonly line: Line;
  readonly status: Status;
  readonly figure: string;
  readonly why: string;
  /** What was learnt in this run; undefined where nothing was. */
  readonly now?: Result;
  /** What the status and the figure are from. */
  readonly result?: Result;
}

export interface Here {
  readonly at: Date;
  readonly commit: string;
  readonly machine: string;
  readonly inputs: string;
  readonly load?: number;
}

export const DAYS_FRESH = 30;
const order: Readonly<Record<Status, number>> = { GREEN: 0, YELLOW: 1, RED: 2 };

export const isWorse = (one: Status, other: Status): boolean => order[one] > order[other];

/** The worst of several; GREEN of none. */
export const worst = (all: readonly Status[]): Status => all.reduce<Status>((found, one) => (isWorse(one, found) ? one : found), 'GREEN');

/** Measured in this run: that is where it stands. */
export function measured(id: string, line: Line, verdict: Verdict, here: Here, seconds: number): Standing {
  const { status, figure, why } = verdict;
  const at = `${here.at.toISOString().slice(0, 16)}Z`;
  const result = { status, figure, why, at, commit: here.commit, inputs: here.inputs, machine: here.machine, seconds, ...(here.load === undefined ? {} : { load: here.load }) };
  return { id, line, status, figure, why, now: result, result };
}

/** A line as the document shows it: where it stood when the document was written. */
export interface Shown {
  readonly status: Status;
  readonly why: string;
}

export interface Known {
  readonly result?: Result | undefined;
  readonly shown?: Shown | undefined;
}

/** Not measured in this run: the recorded result, as far as it still says anything. */
export function remembered(id: string, line: Line, { result: recorded, shown }: Known, here: Pick<Here, 'at' | 'inputs'>, leftOut = ''): Standing {
  // Left out for want of a daemon, a tool or time is not the same as evidence that does not exist; nor is it in a run that did not try.
  if (!recorded && !leftOut && shown?.status === 'YELLOW') return { id, line, figure: '', ...shown };
  if (!recorded) return { id, line, status: leftOut ? 'YELLOW' : 'RED', figure: '', why: [leftOut, 'never measured'].filter(Boolean).join('; ') };
  const days = Math.floor((here.at.getTime() - Date.parse(recorded.at)) / 86_400_000);
  const stale = [
    ...(leftOut ? [leftOut] : []),
    ...(days > DAYS_FRESH ? [`measured ${days} days ago`] : []),
    ...(recorded.inputs !== here.inputs ? [`what it depends on has changed since ${recorded.commit}`] : []),
  ];
  const status = stale.length > 0 ? worst([recorded.status, 'YELLOW']) : recorded.status;
  return { id, line, status, figure: recorded.figure, why: [recorded.why, ...stale].filter(Boolean).join('; '), result: recorded };
}

/** Lines that this run found worse than the record, or RED without one. What is declared to come later is none. */
export function regressions(standings: readonly Standing[], recorded: Readonly<Record<string, Result>>): Standing[] {
  return standings.filter(({ id, now, line }) => {
    if (!now) return false;
    const before = recorded[id];
    return before ? isWorse(now.status, before.status) : now.status === 'RED' && line.later === undefined;
  });
}

export interface Asked {
  readonly quick: boolean;
  readonly strict: boolean;
}

/** 0 or 1. `--quick` fails on a regression and on a document that is not what its record says; otherwise each RED fails. */
export function exitStatus(standings: readonly Standing[], recorded: Readonly<Record<string, Result>>, drifted: boolean, { quick, strict }: Asked): number {
  if (strict && standings.some(({ status }) => status !== 'GREEN')) return 1;
  if (drifted) return 1;
  if (quick) return regressions(standings, recorded).length > 0 ? 1 : 0;
  return standings.some(({ status }) => status === 'RED') ? 1 : 0;
}

/** What is not GREEN, that which costs most first. */
export function gaps(standings: readonly Standing[]): Standing[] {
  const cost = ({ line, status }: Standing): number => line.risk * order[status];
  return standings.filter(({ status }) => status !== 'GREEN').sort((a, b) => cost(b) - cost(a) || b.line.risk - a.line.risk || (a.id < b.id ? -1 : 1));
}
