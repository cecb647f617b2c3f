const hooks = new WeakMap<object, Array<() => void>>();

/** Called by {@link Database} when it opens a transaction. */
export function openHooks(tx: object): void {
  hooks.set(tx, []);
}

/** Runs `hook` once the transaction has committed, never when it rolls back. A wake, not a promise: a crash may skip it. */
export function afterCommit(tx: object, hook: () => void): void {
  hooks.get(tx)?.push(hook);
}

export function runHooks(tx: object): void {
  for (const hook of hooks.get(tx) ?? []) hook();
}
