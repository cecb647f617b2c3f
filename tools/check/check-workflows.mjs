// Holds .github against zizmor (what strangers could make of it), actionlint and yamllint, and each step against package.json;
// each of them also against faults planted for it. When: `npm run check:workflows`; `-- --self-test` prints the plants.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { findTool, toolEnvironment, toolOrNotice } from '../dev/find-tool.mjs';
import { replaced, verdict } from './verdict.mjs';

const style = '{extends: default, rules: {line-length: {max: 160}, document-start: disable, truthy: {check-keys: false}, comments: {min-spaces-from-content: 1}, braces: {max-spaces-inside: 1}}}';
const programs = {
  zizmor: ['what strangers could make of the workflows', '--offline', '--quiet', '--persona', 'pedantic', '--min-severity', 'low', '--format', 'plain', '.github'],
  actionlint: ['the workflows’ syntax and expressions', '-no-color'],
  yamllint: ['the workflows’ YAML', '-s', '-d', style, '.github'],
};
const found = Object.entries(programs).flatMap(([name, [without, ...args]]) => (toolOrNotice(name, without) ? [{ path: toolOrNotice(name), args }] : []));

/** What the programs that are here say of a repository, as lines. */
function lint(repository) {
  return found.flatMap(({ path, args }) => {
    const { status, stdout, stderr } = spawnSync(path, args, { cwd: repository, encoding: 'utf8', env: toolEnvironment() });
    return status === 0 ? [] : `${stdout}${stderr}`.trim().split('\n');
  });
}

const npmCommand = /^npm (?:ci(?: --[a-z-]+)*|test(?: -- [\w :-]+)?|run (?:"\$SCRIPT"|([\w:-]+)(?: -- (?:[\w -]+|"\$[A-Z_]+"))?))$/;
const scripts = Object.keys(JSON.parse(readFileSync('package.json', 'utf8')).scripts);
const checks = [...(/const checks = \[(.*?)\]/s.exec(readFileSync('tools/check/check.mjs', 'utf8'))?.[1] ?? '').matchAll(/'([\w-]+)'/g)].map(([, name]) => name);
/** Jobs that may write, each for its reason; everybody else reads. */
const mayWrite = ['codeql.yml analyze', 'scorecard.yml analysis', 'release.yml images', 'release.yml charts', 'release.yml publish'];

/** What no program knows: a step is one command of package.json, CI leaves out no check, a job ends and reads only. */
function ownComplaints(repository) {
  const read = (path) => parse(readFileSync(join(repository, '.github', path), 'utf8'));
  const updated = read('dependabot.yml').updates.filter(({ schedule }) => schedule?.interval).map((one) => one['package-ecosystem']);
  const jobs = readdirSync(join(repository, '.github/workflows')).flatMap((file) => Object.entries(read(`workflows/${file}`).jobs).map(([name, job]) => [`${file} ${name}`, job]));
  const composites = readdirSync(join(repository, '.github/actions')).map((name) => [`actions/${name}`, { steps: read(`actions/${name}/action.yml`).runs.steps, 'timeout-minutes': 1 }]);
  const ofEveryChange = readFileSync(join(repository, '.ci/run'), 'utf8').replaceAll(/^\s*#.*$/gm, '');
  const ofJobs = [...jobs, ...composites].flatMap(([where, job]) => {
    const { script = [], check = [], include = [] } = job.strategy?.matrix ?? {};
    const named = [...check, ...include.flatMap((row) => row.check ?? [])];
    const commands = (job.steps ?? []).flatMap(({ run }) => (run && run !== 'exit 1' ? [run.trim()] : []));
    return [
      ...commands.filter((command) => !npmCommand.test(command)).map((command) => `${where} runs more than one npm command: ${command}`),
      ...[...script, ...commands.flatMap((command) => npmCommand.exec(command)?.[1] ?? [])].filter((one) => !scripts.includes(one)).map((one) => `${where} runs ${one}, which package.json hasn't`),
      ...checks.filter((one) => named.length > 0 && !named.includes(one)).map((one) => `${where} leaves out check ${one}`),
      ...named.filter((one) => !checks.includes(one)).map((one) => `${where} names check ${one}, which is none`),
      ...(job.uses || job['timeout-minutes'] ? [] : [`${where} has no timeout-minutes`]),
      ...(mayWrite.includes(where) ? [] : Object.entries(job.permissions ?? {})).filter(([, value]) => value !== 'read').map(([right, value]) => `${where} has ${right}: ${value}`),
    ];
  });
  return [
    ...ofJobs,
    ...['npm', 'docker', 'github-actions', 'helm'].filter((wanted) => !updated.includes(wanted)).map((wanted) => `${wanted} is not kept up to date by Dependabot`),
    ...['test', 'run check', 'run check:readiness'].filter((wanted) => !new RegExp(`npm (?:run --silent )?${wanted.replace('run ', '')}(?![:\\w])`).test(ofEveryChange)).map((wanted) => `.ci/run does not run npm ${wanted}`),
  ];
}

const ci = 'workflows/ci.yml';
const checkout = /actions\/checkout@[0-9a-f]{40} # v[\d.]+/;
const plants = [
  ['zizmor', 'an action pinned by its tag', ci, checkout, 'actions/checkout@v7', /unpinned-uses/],
  ['zizmor', 'credentials left in the checkout', ci, 'persist-credentials: false', 'fetch-tags: false', /artipacked/],
  ['zizmor', 'code of strangers run with rights', ci, '  pull_request:\n', '  pull_request_target:\n', /dangerous-triggers/],
  ['zizmor', 'rights at the top', ci, 'permissions: {}', 'permissions: write-all', /excessive-permissions/],
  ['zizmor', 'runs that nobody cancels', 'workflows/codeql.yml', /concurrency:\n.*\n.*\n/, '', /concurrency-limits/],
  ['zizmor', 'the title of a pull request in a shell', ci, 'npm test -- spec', 'echo "${{ github.event.pull_request.title }}"', /template-injection/],
  ['zizmor', 'updates on the day of their release', 'dependabot.yml', /cooldown: .*/, 'labels: [x]', /dependabot-cooldown/],
  ['actionlint', 'an expression about a job that is not there', ci, 'npm test -- spec', 'npm ci ${{ needs.two.result }}', /needs/],
  ['actionlint', 'a key that workflows have not', ci, 'runs-on', 'run-on', /run-on/],
  ['actionlint', 'a word of a shell left unquoted', ci, 'npm test -- spec', 'rm -r $HOME/$1', /SC2086/],
  ['yamllint', 'a key twice', ci, 'name: CI', 'name: CI\nname: two', /duplication/],
  ['', 'two commands in a step', ci, 'npm test -- spec', 'npm ci && npm test', /more than one npm command/],
  ['', 'a script that package.json has not', ci, 'npm run test:coverage', 'npm run test:everything', /test:everything, which package\.json hasn't/],
  ['', 'a script of a matrix that package.json has not', 'workflows/nightly.yml', "'crash:points'", "'crash:nothing'", /crash:nothing, which package\.json hasn't/],
  ['', 'a check that CI leaves out', ci, 'types, lint, walls', 'types, walls', /leaves out check lint/],
  ['', 'a job without an end', ci, '    timeout-minutes: 15\n', '', /no timeout-minutes/],
  ['', 'charts that nobody updates', 'dependabot.yml', /package-ecosystem: ["']?helm["']?/, 'package-ecosystem: gomod', /helm is not kept up to date/],
  ['', 'a change that no test is run on', '../.ci/run', /npm test/, 'npm ci', /does not run npm test/],
  ['', 'a right to write in a job of pull requests', ci, 'contents: read', 'contents: write', /has contents: write/],
];

function planted([program, fault, file, from, to, expect]) {
  const repository = mkdtempSync(join(tmpdir(), 'muster-workflows-'));
  try {
    execFileSync('git', ['init', '-q', repository]);
    for (const folder of ['.github', '.ci']) cpSync(folder, join(repository, folder), { recursive: true });
    const path = join(repository, '.github', file);
    writeFileSync(path, replaced(readFileSync(path, 'utf8'), from, to));
    return { fault: `${program || 'package.json'}: ${fault}`, expect, complaints: program ? lint(repository) : ownComplaints(repository) };
  } finally {
    rmSync(repository, { recursive: true, force: true });
  }
}

const complaints = [...lint('.'), ...ownComplaints('.')];
if (checks.length < 10) complaints.push('the names of the checks in tools/check/check.mjs could not be read');
const isHere = (program) => program === '' || found.some(({ path }) => path.endsWith(program));
/** actionlint asks shellcheck about shells, where there is one. */
const here = plants.filter(([program, , , , , expect]) => isHere(program) && (String(expect) !== '/SC2086/' || findTool('shellcheck')));
verdict({ name: 'check:workflows', complaints, plants: here.map(planted), figures: { workflows: readdirSync('.github/workflows').length, programs: found.length } });
