// Makes what Muster keeps secret where nobody else does: `--files DIR` for compose, `--kubernetes` for a local cluster (to
// `kubectl apply -f -`). What is there already is kept, so that it may run at each start: `npm run secrets -- …`.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { kubernetesSecrets, valuesIn } from './kubernetes.mjs';
import { writeFiles } from './files.mjs';

const usage = `usage: secrets.mjs --files DIR [--host NAME …]
       secrets.mjs --kubernetes [--namespace muster] [--release muster] [--backing muster-backing] [--existing FILE|-]
--existing: a List of Secrets (kubectl get secrets -o json) whose values are kept`;

const { values: options } = parseArgs({
  options: {
    files: { type: 'string' },
    host: { type: 'string', multiple: true, default: ['localhost'] },
    kubernetes: { type: 'boolean', default: false },
    namespace: { type: 'string', default: 'muster' },
    release: { type: 'string', default: 'muster' },
    backing: { type: 'string', default: 'muster-backing' },
    existing: { type: 'string' },
  },
});

if (options.files !== undefined) {
  const { made, kept } = await writeFiles(options.files, options.host);
  process.stdout.write(`${made} made, ${kept} kept in ${options.files}\n`);
} else if (options.kubernetes) {
  const { existing, ...names } = options;
  const known = existing === undefined ? {} : valuesIn(JSON.parse(readFileSync(existing === '-' ? 0 : existing, 'utf8')));
  process.stdout.write(`${JSON.stringify(kubernetesSecrets(names, known), undefined, 2)}\n`);
} else {
  process.stderr.write(`${usage}\n`);
  process.exitCode = 2;
}
