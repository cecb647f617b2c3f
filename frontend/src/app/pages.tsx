import { lazy, type ComponentType, type LazyExoticComponent } from 'react';

/** After a failed fetch of code the second try comes this much later, in milliseconds. */
const AGAIN_MS = 1500;

export type LazyPage<Props extends object> = LazyExoticComponent<ComponentType<Props>> & {
  /** Fetches the code without drawing anything. A second call uses what the first one fetched. */
  readonly fetchCode: () => Promise<unknown>;
};

/**
 * A screen whose code is fetched when the screen is first visited, or before that by {@link prefetchPages}. Without
 * network the fetch waits until the network is back, because React keeps a failed import as failed for good.
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
    // The second failure is final: the files are gone, or the network stays broken.
    return load().catch(() => Promise.reject(error));
  }
}

/**
 * Fetches the code of screens one by one while the page has nothing else to do, so that they open without network too.
 * Fetches nothing where the browser is set to save data. @returns a function that stops the fetching
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

/**
 * Does `work` when the page has nothing else to do. Safari has no requestIdleCallback: there the work is done after a
 * pause that is long enough for the first screen.
 */
export function whenIdle(work: () => void): void {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(work, { timeout: 10_000 });
  else setTimeout(work, 2000);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
