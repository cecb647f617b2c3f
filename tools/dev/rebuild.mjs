// `npm run rebuild -- <service> <projection>`: fills a projection anew from its producers' snapshots and swaps it in.
// When: for a new consumer, after a long outage, after a restore. Reads the service's environment (.env.example).
import { spawnSync } from 'node:child_process';

const [service, projection] = process.argv.slice(2);
if (!service || !projection) {
  console.error('usage: npm run rebuild -- <service> <projection>');
  process.exit(2);
}
process.exit(spawnSync(process.execPath, [`apps/${service}/dist/main.js`, 'rebuild', projection], { stdio: 'inherit' }).status ?? 1);
