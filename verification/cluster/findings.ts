import type { Cluster } from './cluster';

/** One thing that a step looked at. */
interface Finding {
  readonly what: string;
  readonly saw: string;
  readonly met: boolean;
  readonly figures?: Readonly<Record<string, number | string>>;
}

/** A part of the proof; whoever runs several runs them in the order of `run.ts`. */
export type Step = (cluster: Cluster, findings: Findings) => Promise<void>;

/** Collects, and prints as it goes: a step takes minutes. */
export class Findings {
  readonly all: Array<Finding & { readonly step: string }> = [];
  private readonly startedAt = Date.now();
  step = '';

  add(finding: Finding): void {
    const saw = finding.saw.trim().replace(/\s*\n\s*/g, ' ');
    this.all.push({ ...finding, saw, step: this.step });
    this.say(`${finding.met ? '✓' : '✗'} ${finding.what}: ${saw}`);
  }

  /** What is going on, for whoever waits. */
  say(text: string): void {
    console.log(`${String(Math.round((Date.now() - this.startedAt) / 1000)).padStart(6)} s  ${text}`);
  }
}
