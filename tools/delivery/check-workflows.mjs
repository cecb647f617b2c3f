// Holds workflows, Dependabot and CODEOWNERS against actionlint, yamllint and rules of our own, and each rule against a
// fault planted for it. When: `npm run check:workflows`; `-- --self-test` prints the plants.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toolEnvironment, toolOrNotice } from './find-tool.mjs';
import { dependabotComplaints, ownerComplaints } from './repository-rules.mjs';
import { grown, verdict } from './verdict.mjs';
import { workflowPlants } from './workflow-plants.mjs';
import { matrixScriptComplaints, workflowComplaints } from './workflow-rules.mjs';

const read = (path) => readFileSync(path, 'utf8');
const folder = '.github/workflows';
const project = {
  workflows: Object.fromEntries(readdirSync(folder).map((name) => [name, read(join(folder, name))])),
  composites: Object.fromEntries(readdirSync('.github/actions').map((name) => [`actions/${name}`, read(`.github/actions/${name}/action.yml`)])),
  actions: JSON.parse(read('.github/actions.json')),
  scripts: Object.keys(JSON.parse(read('package.json')).scripts),
  checks: [...(/const checks = \[(.*?)\]/s.exec(read('tools/check.mjs'))?.[1] ?? '').matchAll(/'([\w-]+)'/g)].map(([, name]) => name),
  dependabot: read('.github/dependabot.yml'),
  codeowners: read('.github/CODEOWNERS'),
  files: execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { encoding: 'utf8', maxBuffer: 1 << 26 }).trim().split('\n'),
};
const rules = [workflowComplaints, matrixScriptComplaints, dependabotComplaints, ownerComplaints];
const complaintsOf = (one) => rules.flatMap((rule) => rule(one));

const complaints = complaintsOf(project);
if (project.checks.length < 10) complaints.push('the names of the checks in tools/check.mjs could not be read');
const plants = grown(workflowPlants, project, complaintsOf);

/** What a linter says about a folder of workflows, as lines. */
function lint(program, args, cwd) {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8', env: toolEnvironment() });
  return status === 0 ? [] : `${stdout}${stderr}`.trim().split('\n');
}

/** The same linter on a small repository with a fault in its one workflow. */
function planted(workflow, program, args) {
  const repository = mkdtempSync(join(tmpdir(), 'muster-workflows-'));
  try {
    mkdirSync(join(repository, folder), { recursive: true });
    execFileSync('git', ['init', '-q', repository]);
    writeFileSync(join(repository, folder, 'ci.yml'), workflow);
    return lint(program, args, repository);
  } finally {
    rmSync(repository, { recursive: true, force: true });
  }
}

const good = 'name: one\non: push\njobs:\n  one:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: npm ci\n';
const actionlint = toolOrNotice('actionlint', 'the workflows’ syntax and expressions');
if (actionlint) {
  complaints.push(...lint(actionlint, ['-no-color'], '.'), ...planted(good, actionlint, ['-no-color']));
  const fault = (what, from, to, expect) => plants.push({ fault: `actionlint: ${what}`, expect, complaints: planted(good.replace(from, to), actionlint, ['-no-color']) });
  fault('an expression about a job that is not there', 'npm ci', 'npm ci ${{ needs.two.result }}', /needs|two/);
  fault('a key that workflows have not', 'runs-on', 'run-on', /run-on/);
  if (toolOrNotice('shellcheck', 'the shell in workflows')) fault('a word of a shell left unquoted', 'npm ci', 'rm -r $HOME/$1', /SC2086/);
}
const style = '{extends: default, rules: {line-length: {max: 160}, document-start: disable, truthy: {check-keys: false}, comments: {min-spaces-from-content: 1}, braces: {max-spaces-inside: 1}}}';
const yamllint = toolOrNotice('yamllint', 'the workflows’ YAML');
if (yamllint) {
  complaints.push(...lint(yamllint, ['-s', '-d', style, '.github'], '.'));
  plants.push({ fault: 'yamllint: a key twice', expect: /duplication/, complaints: planted(`${good}name: two\n`, yamllint, ['-s', '-d', style, '.github']) });
}

const uses = Object.values({ ...project.workflows, ...project.composites }).join('\n').match(/uses: [^.]\S+@/g)?.length ?? 0;
verdict({ name: 'check:workflows', complaints, plants, figures: { workflows: Object.keys(project.workflows).length, pinnedUses: uses } });
