import type { Page, Request, WebSocket } from 'playwright-core';

/**
 * Watches what a page loads from now on.
 *
 * @param live whether its screens hold a live connection, after whose welcome they ask for everything once more
 * @returns waits until what was loaded last is drawn: a title is there, every question that a service was asked has its
 *   answer, and drawing the answers has asked no further one
 */
export function settledPage(page: Page, { live }: { live: boolean }): () => Promise<void> {
  const underWay = new Set<Request>();
  let asked = 0;
  let socket: WebSocket | null = null;
  let welcomed = false;
  page.on('request', (request) => {
    if (request.isNavigationRequest()) {
      underWay.clear();
      socket = null;
      welcomed = false;
    } else if (new URL(request.url()).pathname.startsWith('/api/')) {
      underWay.add(request);
      asked += 1;
    }
  });
  page.on('requestfinished', (request) => underWay.delete(request));
  page.on('requestfailed', (request) => underWay.delete(request));
  page.on('websocket', (opened) => {
    socket = opened;
    opened.on('framereceived', () => {
      if (socket === opened) welcomed = true;
    });
  });

  return async () => {
    await page.locator('h1').first().waitFor({ state: 'attached' });
    for (let before = -1; underWay.size > 0 || before !== asked || (live && !welcomed); ) {
      before = asked;
      await drawTwoFrames(page);
    }
  };
}

/** By the end of the second frame all that was known before the first is on the screen. */
export async function drawTwoFrames(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}
