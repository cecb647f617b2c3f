import type { DestinationStream } from 'pino';
import { logLineFaults } from '../logging/log-line';

const MOST_FAULTS = 20;

/** Where the lines of a test's service go: each is held against the schema, and none may hold what is watched for. */
export class CheckedLines implements DestinationStream {
  private readonly found = new Set<string>();
  private readonly watched = new Map<string, RegExp>();
  private count = 0;

  /** How many lines came so far. */
  get printed(): number {
    return this.count;
  }

  /** A line that holds `text` from now on is a fault; `what` says what it would give away. */
  watchFor(what: string, text: string): void {
    // Six digits come by chance within an id: what stands in a longer word is another word.
    this.watched.set(what, new RegExp(`(?<![0-9A-Za-z])${text.replace(/[^0-9A-Za-z]/g, '\\$&')}(?![0-9A-Za-z])`, 'g'));
  }

  write(line: string): void {
    this.count += 1;
    for (const fault of logLineFaults(line)) this.add(fault);
    for (const [what, form] of this.watched) {
      const hidden = line.replaceAll(form, '…');
      if (hidden !== line) this.add(`a line holds ${what}: ${hidden.trim()}`);
    }
  }

  /** What was found so far; whoever takes it tells of it, so that nobody else has to. */
  takeFaults(): string[] {
    const faults = [...this.found];
    this.found.clear();
    return faults;
  }

  /** @throws Error with every fault, so that the run fails */
  assertSound(): void {
    if (this.found.size > 0) throw new Error(`lines of the log are not as they should be:\n${this.takeFaults().join('\n')}`);
  }

  private add(fault: string): void {
    if (this.found.size < MOST_FAULTS) this.found.add(fault);
  }
}
