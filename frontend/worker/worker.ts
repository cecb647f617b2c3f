// The service worker: it keeps the page and its files on the device, so that a reload without network is Muster and not
// the browser's error page. It never touches what a service answers. It never hurries either: a new one waits until the
// last tab has closed, so that nothing changes under a form. Removed by serving an empty file in its place.

export {};
declare const self: ServiceWorkerGlobalScope;
/** Put in by the build: the page's files and a name that changes with any of them. */
declare const FILES: readonly string[];
declare const RELEASE: string;

const PREFIX = 'muster-';
const CACHE = PREFIX + RELEASE;
const PAGE = '/index.html';
/** Without an answer after this long the kept page is shown; the network may be there and carry nothing. */
const PATIENCE_MS = 3000;

const files = new Set(FILES);

self.addEventListener('install', (event) => event.waitUntil(keepFiles()));
self.addEventListener('activate', (event) => event.waitUntil(dropOthers()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (files.has(url.pathname)) event.respondWith(keptFile(request, url.pathname));
  else if (request.mode === 'navigate' && isPage(url.pathname)) event.respondWith(page(request));
});

/** All or nothing. Files whose name holds their hash are taken over from the release before. */
async function keepFiles(): Promise<void> {
  const cache = await caches.open(CACHE);
  for (const file of FILES) {
    const known = file.startsWith('/assets/') ? await caches.match(file) : undefined;
    if (known) await cache.put(file, known);
    else await cache.add(new Request(file, { cache: file.startsWith('/assets/') ? 'default' : 'reload' }));
  }
}

async function dropOthers(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)));
  // The first one takes the open page in, which was loaded from the same files.
  await self.clients.claim();
}

async function keptFile(request: Request, path: string): Promise<Response> {
  const kept = await (await caches.open(CACHE)).match(path);
  return kept ?? fetch(request);
}

/** Addresses of the web app's own; what the front door leads to services, and files, are not. */
function isPage(path: string): boolean {
  return !/^\/(api|ws|internal|metrics|health)(\/|$)/.test(path) && !/\.[^/]*$/.test(path);
}

/** From the network, so that a reload is always the newest release; the kept one where the network has nothing. */
async function page(request: Request): Promise<Response> {
  const kept = await (await caches.open(CACHE)).match(PAGE);
  if (!kept) return fetch(request);
  const patience = new Promise<Response>((resolve) => setTimeout(() => resolve(kept), PATIENCE_MS));
  const answer = fetch(request).then(
    (response) => (response.status >= 500 ? kept : response),
    () => kept,
  );
  return Promise.race([answer, patience]);
}
