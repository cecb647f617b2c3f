import { lazy, type ComponentType, type LazyExoticComponent } from 'react';

/** A try that the network failed is worth another one after this long. */
const AGAIN_MS = 1500;

export type LazyPage<Props extends object> = LazyExoticComponent<ComponentType<Props>> & {
  /** Fetches the code without drawing anything; fetched twice it travels once. */
  readonly fetchCode: () => Promise<unknown>;
};

/**
 * A screen whose code is fetched when it is first visited, or before that by {@link prefetchPages}. Without network it
 * waits for it, where a failed import would be kept as failed for as long as the page lives.
 */
export function page<Props extends object>(load: () => Promise<ComponentType<Props>>): LazyPage<Props> {
  const patiently = async () => ({ default: await retrying(load) });
  return Object.assign(lazy(patiently), { fetchCode: load });
}

async function retrying<Module>(load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (error) {
    if (navigator.onLine) await pause(AGAIN_MS);
    else await new Promise((resolve) => window.addEventListener('online', resolve, { once: true }));
    // The second failure is final: the files are not there any more, or the way to them is broken for longer.
    return load().catch(() => Promise.reject(error));
  }
}

/**
 * Fetches screens one by one while the page has nothing else to do, so that they open without network too. Fetches none
 * where the browser is asked to save data. @returns stops it
 */
export function prefetchPages(pages: ReadonlyArray<Pick<LazyPage<never>, 'fetchCode'>>): () => void {
  let stopped = false;
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  const fetchNext = (index: number) => {
    const next = pages[index];
    if (stopped || next === undefined || connection?.saveData) return;
    whenIdle(() => {
      if (stopped || !navigator.onLine) return;
      void next.fetchCode().then(
        () => fetchNext(index + 1),
        () => undefined,
      );
    });
  };
  fetchNext(0);
  return () => {
    stopped = true;
  };
}

/** Safari has no requestIdleCallback: a pause after which the first screen is there serves as well. */
export function whenIdle(work: () => void): void {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(work, { timeout: 10_000 });
  else setTimeout(work, 2000);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
