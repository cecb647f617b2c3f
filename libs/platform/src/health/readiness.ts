/** True, or why not in a few words; never an address or a secret, the words are shown. */
export type CheckOutcome = true | string;
export type Check = () => CheckOutcome | Promise<CheckOutcome>;

/** A check that hangs must not hang the probe; milliseconds. */
const CHECK_TIMEOUT_MS = 1_000;

/**
 * What this replica needs to be sent requests. Only its own reasons belong here (schema, index, drain): a shared part
 * that stumbles would take all replicas out at once.
 */
export class Readiness {
  private readonly checks = new Map<string, Check>();
  private draining = false;

  /** Fails readiness as soon as `check` says why. @throws Error when the name is taken */
  register(name: string, check: Check): void {
    if (this.checks.has(name) || name === 'drain') throw new Error(`readiness: ${name} is registered twice`);
    this.checks.set(name, check);
  }

  /**
   * For a shared part, the database: fails only after `forMs` without a success, and until then routes answer 503
   * where they need it.
   */
  registerTolerant(name: string, check: Check, forMs: number, now: () => number = () => performance.now()): void {
    let lastSuccess = now();
    this.register(name, async () => {
      const outcome = await settled(check);
      if (outcome === true) lastSuccess = now();
      return now() - lastSuccess >= forMs && outcome !== true ? outcome : true;
    });
  }

  /** From now on not ready, whatever the checks say; the first step of a shutdown. */
  drain(): void {
    this.draining = true;
  }

  get isDraining(): boolean {
    return this.draining;
  }

  /** Every check's outcome by name. */
  async outcomes(): Promise<ReadonlyMap<string, CheckOutcome>> {
    const entries = await Promise.all(
      [...this.checks].map(async ([name, check]): Promise<[string, CheckOutcome]> => [name, await settled(check)]),
    );
    return new Map<string, CheckOutcome>([['drain', this.draining ? 'draining' : true], ...entries]);
  }
}

async function settled(check: Check): Promise<CheckOutcome> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve('no answer in time'), CHECK_TIMEOUT_MS);
  });
  try {
    return await Promise.race([(async () => check())(), late]);
  } catch {
    // The exception's text may name hosts and users; the log has it from whoever threw it.
    return 'failed';
  } finally {
    clearTimeout(timer);
  }
}
