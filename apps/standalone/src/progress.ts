/** Prints the progress for a person at a terminal: a line per step with the time it took. */
export class Progress {
  private since = performance.now();

  constructor(private readonly write: (line: string) => void = (line) => void process.stdout.write(`${line}\n`)) {}

  /** The same, but silent after the signal: once “Ending” is printed, the end of further steps is of no interest. */
  until(ended: AbortSignal): Progress {
    return new Progress((line) => (ended.aborted ? undefined : this.write(line)));
  }

  say(line: string): void {
    this.write(`  ${line}`);
  }

  done(what: string): void {
    const seconds = ((performance.now() - this.since) / 1000).toFixed(1);
    this.since = performance.now();
    this.write(`  ✓ ${what.padEnd(48)} ${seconds} s`);
  }
}
