import { afterAll, beforeAll } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openBrowser, visit, type Visitor } from './browser';
import { Muster } from './muster';

/** What the journeys of a file are played on; there from the first `beforeAll` after it until the last `afterAll`. */
export interface Stage {
  readonly muster: Muster;
  readonly browser: Browser;
  /** Somebody new with a phone of their own. */
  visit(): Promise<Visitor>;
}

/** Starts the whole product and a browser before the tests of this file, and ends both after them. */
export function setStage(...args: string[]): Stage {
  let started: readonly [] | readonly [Muster, Browser] = [];
  beforeAll(async () => {
    started = await Promise.all([Muster.start(...args), openBrowser()]);
  });
  afterAll(async () => {
    const [muster, browser] = started;
    await browser?.close();
    await muster?.stop();
  });
  const there = (): readonly [Muster, Browser] => {
    if (started.length === 0) throw new Error('the stage is set when the tests begin, not before');
    return started;
  };
  return {
    get muster() {
      return there()[0];
    },
    get browser() {
      return there()[1];
    },
    visit: () => visit(there()[1], there()[0].origin),
  };
}
