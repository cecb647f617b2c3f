// Makes the namespace, which enforces Pod Security, and the secrets in a local cluster; what is there is kept. For
// skaffold's hook and by hand before `helm install`: `node verification/cluster/prepare.mjs [--context NAME]`.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findTool } from '../../tools/dev/find-tool.mjs';

const secrets = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'tools', 'dev', 'setup', 'secrets.mjs');
const { values } = parseArgs({ options: { context: { type: 'string', default: process.env.SKAFFOLD_KUBE_CONTEXT ?? '' } } });
const namespace = 'muster';
const level = { 'pod-security.kubernetes.io/enforce': 'restricted', 'pod-security.kubernetes.io/warn': 'restricted' };

/** @throws Error unless it ends with 0 */
function run(file, args, input) {
  const { status, stdout, stderr, error } = spawnSync(file, args, { input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] });
  if (status !== 0) throw new Error(error?.message ?? `${args.join(' ')}: ${stderr}`);
  return stdout;
}

const kubectl = (args, input) => run(findTool('kubectl') ?? 'kubectl', [...(values.context ? ['--context', values.context] : []), ...args], input);

try {
  kubectl(['apply', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels: level } }));
  const existing = kubectl(['get', 'secrets', '-n', namespace, '-l', 'app.kubernetes.io/managed-by=muster-secrets', '-o', 'json']);
  const list = run(process.execPath, [secrets, '--kubernetes', '--namespace', namespace, '--existing', '-'], existing);
  kubectl(['apply', '-n', namespace, '-f', '-'], list);
  console.log(`namespace ${namespace} and its secrets are there`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
