import { endLeases, letTimePass, readStores, untilQuiet } from './databases';
import { checkHistory, faultsOf } from './check-history.rules';
import type { Product } from './product';
import { counted } from '../../tools/check/report';
import type { Traffic } from './traffic';
import type { Verdict } from './verdict';
import { readViews } from './views';

/** Longer than the 30 s for which a dead process's claims are respected. */
const QUIET_MS = 75_000;

export interface Judgement {
  readonly verdicts: readonly Verdict[];
  readonly faults: readonly string[];
  /** How many invites came to which end. */
  readonly invites: string;
}

/** Waits until nothing is on its way, reads everything and judges it. The traffic has stopped, Muster is up. */
export async function judge(product: Product, traffic: Traffic, { waitForLeases = true, quietMs = QUIET_MS } = {}): Promise<Judgement> {
  if (!waitForLeases) await endLeases(product);
  const unrest = await untilQuiet(product, quietMs);
  const views = await readViews(traffic.market);
  const stores = await readStores(product);
  const verdicts = checkHistory({ history: traffic.history.attempts, views, stores });
  return { verdicts, invites: counted(stores.domain.invites.map(({ state }) => state)), faults: [...(unrest === undefined ? [] : [`not quiet after ${quietMs / 1000} s: ${unrest}`]), ...faultsOf(verdicts)] };
}

/** While it goes on invites expire, which otherwise takes a quarter of an hour. @returns how to end it */
export function hurryTime(product: Product, { invites = 1, everyMs = 700 } = {}): () => Promise<void> {
  let hurrying = true;
  let failure: unknown;
  const note = (error: unknown): void => {
    const { code } = error as { code?: unknown };
    if (typeof code === 'string' && code.startsWith('42')) failure ??= error; // our own SQL; anything else is the kill's doing
  };
  const loop = (async () => {
    while (hurrying) {
      await product.untilUp();
      if (hurrying && product.isRunning) await letTimePass(product, invites).catch(note);
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
  })();
  return async () => {
    hurrying = false;
    await Promise.race([loop, new Promise((resolve) => setTimeout(resolve, 500))]);
    if (failure) throw new Error('time could not be hurried', { cause: failure });
  };
}

export function optionOf(name: string, fallback: number): number {
  const at = process.argv.indexOf(`--${name}`);
  const value = at < 0 ? fallback : Number(process.argv[at + 1]);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} takes a whole number above 0`);
  return value;
}

/** Ctrl-C and `timeout` end what was started as well. */
export function endTogether(): void {
  process.setMaxListeners(0); // each program and each folder has one
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
}
