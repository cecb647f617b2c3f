// Holds the routes and events against those of the last release (docs/generated/release-contracts.json).
// When: `npm run check:contracts`; with --release when a release is made: what is now becomes what is compared with.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { breaks } from './compare.rules';
import { describeContracts, type Described } from './describe';

const RECORD = 'docs/generated/release-contracts.json';
const now = describeContracts();

if (process.argv.includes('--release')) {
  writeFileSync(RECORD, `${JSON.stringify(now)}\n`);
  console.log(`recorded ${Object.keys(now.routes).length} routes and ${Object.keys(now.events).length} events`);
} else if (!existsSync(RECORD)) {
  console.error(`${RECORD} is missing: record a release with npm run check:contracts -- --release`);
  process.exitCode = 1;
} else {
  const found = breaks(JSON.parse(readFileSync(RECORD, 'utf8')) as Described, now);
  for (const why of found) console.error(`  ${why}`);
  console.log(`contracts: ${Object.keys(now.routes).length} routes, ${Object.keys(now.events).length} events, ${found.length} breaks since the last release`);
  if (found.length > 0) process.exitCode = 1;
}
