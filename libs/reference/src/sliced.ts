/**
 * Work that is done once, at the first use or before it. The data of this library take tens of milliseconds to read and
 * longer to index: a service does it in slices before it is ready, so that no request waits for it, while a script that
 * just asks gets its answer at once.
 */
export class Sliced<Value> {
  private steps: Generator<void, Value> | undefined;
  private done: { readonly value: Value } | undefined;

  /** @param work yields after every few milliseconds of work and returns the value */
  constructor(private readonly work: () => Generator<void, Value>) {}

  get isReady(): boolean {
    return this.done !== undefined;
  }

  /** The value; what is still to do for it is done now, without a pause. */
  get(): Value {
    while (this.done === undefined) this.step();
    return this.done.value;
  }

  /** Does the work a step at a time and lets everything else run in between. */
  async prepare(): Promise<void> {
    while (this.done === undefined) {
      this.step();
      await new Promise<void>((resume) => setImmediate(resume));
    }
  }

  private step(): void {
    const { done, value } = (this.steps ??= this.work()).next();
    if (!done) return;
    this.done = { value };
    this.steps = undefined;
  }
}
