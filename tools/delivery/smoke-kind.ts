// `npm run smoke:kind`: Muster on a kind cluster with the images of this checkout: loaded, installed by helm, tested by
// helm test, then the thread of the product walked through its front door. Needs `npm run image:build`. 6 minutes.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Cluster, services } from '../cluster/cluster';
import { Forward } from '../cluster/forward';
import { conclude } from '../crash/report';
import { mailpit } from '../smoke/mailbox';
import { walkTheThread } from '../smoke/walk';
import { findTool } from './find-tool.mjs';

const root = join(__dirname, '..', '..');
/** values-local.yaml's publicOrigin: cookies and origins are of this port. */
const WEB_PORT = 8080;

function must(what: string, command: string, args: readonly string[]): void {
  const { status } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new Error(`${what} failed`);
}

/** kind's node has an image store of its own; other local clusters here share the daemon's. */
function loadImages(context: string): void {
  const [, name] = /^kind-(.+)$/.exec(context) ?? [];
  if (!name) return;
  const images = [...services, 'web'].map((service) => `muster/${service}:dev`);
  must('kind load', findTool('kind') ?? 'kind', ['load', 'docker-image', '--name', name, ...images]);
}

async function walk(cluster: Cluster): Promise<Readonly<Record<string, number>>> {
  const web = await Forward.open(cluster, cluster.named('web'), 8080, WEB_PORT);
  const mail = await Forward.open(cluster, `${cluster.backing}-mailpit`, 8025);
  try {
    const { steps, seen } = await walkTheThread({ origin: `http://localhost:${WEB_PORT}`, mailbox: mailpit(mail.origin) }, (step) => console.log(`  ${step}`));
    return { steps: steps.size, answers: seen.length, walkMs: Math.round([...steps.values()].reduce((sum, ms) => sum + ms, 0)) };
  } finally {
    web.close();
    mail.close();
  }
}

async function main(): Promise<void> {
  const cluster = await Cluster.open(undefined);
  if (!process.argv.includes('--installed')) {
    loadImages(cluster.context);
    must('the installation', process.execPath, ['--conditions=source', '-r', './tools/ts.cjs', 'tools/cluster/run.ts', 'install']);
  }
  const figures = await walk(cluster);
  conclude({ name: 'smoke:kind', figures, aims: { steps: '≥ 15' }, met: (figures['steps'] ?? 0) >= 15 });
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    console.log(JSON.stringify({ name: 'smoke:kind', figures: {}, aims: {}, met: false }));
    process.exit(1);
  },
);
