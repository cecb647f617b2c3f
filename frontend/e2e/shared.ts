import type { BrowserServer } from 'playwright-core';
import type { OwnMuster } from './muster';

/** What Jest's global setup has started for all files, until its global teardown ends it; known to Jest's own process only. */
export const shared: { browser?: BrowserServer; demo?: OwnMuster } = {};
