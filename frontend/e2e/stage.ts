import { afterAll, beforeAll } from '@jest/globals';
import { chromium, type Browser } from 'playwright-core';
import { visit, type Visitor } from './browser';
import { Muster, OwnMuster, type MusterAddress } from './muster';

/** What the journeys of a file are played on; there from the first `beforeAll` after it until the last `afterAll`. */
export interface Stage<Product extends Muster = Muster> {
  readonly muster: Product;
  readonly browser: Browser;
  /** Somebody new with a phone of their own. */
  visit(): Promise<Visitor>;
}

/** The demo and the browser that all files share. Whoever plays there signs up as somebody of their own. */
export function setSharedStage(): Stage {
  return setStage(() => new Muster(JSON.parse(process.env['E2E_DEMO'] ?? '{}') as MusterAddress).ready());
}

/** An empty product for this file alone: for journeys that restart the product or count what is in it. */
export function setOwnStage(): Stage<OwnMuster> {
  const stage = setStage(async () => (await OwnMuster.start()).ready());
  afterAll(() => stage.muster.stop());
  return stage;
}

function setStage<Product extends Muster>(open: () => Promise<Product>): Stage<Product> {
  let opened: readonly [] | readonly [Product, Browser] = [];
  beforeAll(async () => {
    opened = await Promise.all([open(), chromium.connect(process.env['E2E_BROWSER'] ?? '')]);
  });
  // Leaves the browser and takes along the pages that were opened here.
  afterAll(() => opened[1]?.close());
  const there = (): readonly [Product, Browser] => {
    if (opened.length === 0) throw new Error('the stage is set when the tests begin, not before');
    return opened;
  };
  return {
    get muster() {
      return there()[0];
    },
    get browser() {
      return there()[1];
    },
    visit: () => {
      const [muster, browser] = there();
      return visit(browser, muster.origin, muster.terminalLink());
    },
  };
}
