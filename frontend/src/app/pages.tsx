import { lazy, type ComponentType, type LazyExoticComponent } from 'react';

const loaders: Array<() => Promise<unknown>> = [];

/** A try that the network failed is worth another one after this long. */
const AGAIN_MS = 1500;

/**
 * A screen whose code is fetched when it is first visited, or before that by {@link prefetchPages}. Without network it
 * waits for it, where a failed import would be kept as failed for as long as the page lives.
 */
export function page<Props extends object>(load: () => Promise<ComponentType<Props>>): LazyExoticComponent<ComponentType<Props>> {
  const patiently = async () => ({ default: await retrying(load) });
  return lazy(patiently);
}

/** The same, and fetched in the background once somebody is signed in. */
export function prefetchedPage<Props extends object>(load: () => Promise<ComponentType<Props>>): LazyExoticComponent<ComponentType<Props>> {
  loaders.push(load);
  return page(load);
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

/** Fetches the other screens one by one while the page has nothing else to do; not where data is to be saved. */
export function prefetchPages(): () => void {
  let stopped = false;
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  const fetchNext = (index: number) => {
    const load = loaders[index];
    if (stopped || load === undefined || connection?.saveData) return;
    whenIdle(() => {
      if (stopped || !navigator.onLine) return;
      void load().then(
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
