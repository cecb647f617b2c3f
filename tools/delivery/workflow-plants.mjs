// A fault for every rule about workflows, Dependabot and CODEOWNERS. When: within `npm run check:workflows`.
import { replaced } from './verdict.mjs';

const inWorkflow = (file, from, to) => (project) => ({ ...project, workflows: { ...project.workflows, [file]: replaced(project.workflows[file], from, to) } });
const inFile = (name, from, to) => (project) => ({ ...project, [name]: replaced(project[name], from, to) });

const checkout = /actions\/checkout@[0-9a-f]{40} # v[\d.]+/;

export const workflowPlants = [
  ['an action pinned by its tag', inWorkflow('ci.yml', checkout, 'actions/checkout@v7'), /not pinned by a commit/],
  ['a commit that is not in the table', inWorkflow('ci.yml', /@3d3c42e5/, '@3d3c42e6'), /another commit/],
  ['a comment with another tag', inWorkflow('ci.yml', /(actions\/checkout@[0-9a-f]{40}) # v\S+/, '$1 # v6.0.0'), /should say/],
  ['an action that nobody listed', inWorkflow('ci.yml', checkout, `someone/thing@${'a'.repeat(40)} # v1.0.0`), /not in \.github\/actions\.json/],
  ['an action that nothing uses', (project) => ({ ...project, actions: [...project.actions, { name: 'some/one', tag: 'v1', commit: 'a'.repeat(40), inputs: [] }] }), /nothing uses some\/one/],
  ['credentials left in the checkout', inWorkflow('ci.yml', 'persist-credentials: false', 'persist-credentials: true'), /leaves credentials/],
  ['an input that the action has not', inWorkflow('ci.yml', 'persist-credentials: false', 'persist-credential: false'), /has no input persist-credential/],
  ['pull_request_target', inWorkflow('ci.yml', '  pull_request:\n', '  pull_request_target:\n'), /strangers' code/],
  ['rights at the top', inWorkflow('ci.yml', 'permissions: {}', 'permissions: write-all'), /at the top are not/],
  ['no concurrency group', inWorkflow('codeql.yml', /concurrency:\n.*\n.*\n/, ''), /no concurrency group/],
  ['a right to write in a job of pull requests', inWorkflow('ci.yml', 'contents: read', 'contents: write'), /job check has contents: write/],
  ['a job without permissions', inWorkflow('ci.yml', /( {4}timeout-minutes: 15\n) {4}permissions:\n {6}contents: read\n/, '$1'), /job unit doesn't declare/],
  ['a secret in a workflow of pull requests', inWorkflow('ci.yml', "REQUIRE_BROKERS: '1'", 'TOKEN: ${{ secrets.DEPLOY }}'), /a secret in a workflow/],
  ['a job without an end', inWorkflow('ci.yml', '    timeout-minutes: 15\n', ''), /no timeout-minutes/],
  ['a runner that moves', inWorkflow('ci.yml', 'ubuntu-24.04', 'ubuntu-latest'), /named version/],
  ['the title of a pull request in a shell', inWorkflow('ci.yml', 'npm test -- spec', 'echo "${{ github.event.pull_request.title }}"'), /expression into its shell/],
  ['two commands in a step', inWorkflow('ci.yml', 'npm test -- spec', 'npm ci && npm test'), /more than one npm command/],
  ['a script that package.json has not', inWorkflow('ci.yml', 'npm run test:coverage', 'npm run test:everything'), /test:everything, which package\.json hasn't/],
  ['a script of a matrix that package.json has not', inWorkflow('nightly.yml', "'crash:points'", "'crash:nothing'"), /crash:nothing, which package\.json hasn't/],
  ['a check that CI leaves out', inWorkflow('ci.yml', 'types, lint, walls', 'types, walls'), /leaves out check lint/],
  ['a folder that Dependabot does not know', (project) => ({ ...project, files: [...project.files, 'deploy/other/Chart.yaml'] }), /nothing looks after helm in \/deploy\/other/],
  ['a Dockerfile that Dependabot does not know', (project) => ({ ...project, files: [...project.files, 'images/Dockerfile'] }), /nothing looks after docker in \/images/],
  ['updates on the day of their release', inFile('dependabot', /cooldown: .*/, 'labels: [x]'), /has no cooldown/],
  ['an owner of nothing', inFile('codeowners', '/charts/', '/charters/'), /path of nothing/],
  ['a path without an owner', inFile('codeowners', /(\/frontend\/) .*/, '$1'), /has no owner/],
  ['workflows without an owner of their own', inFile('codeowners', /^\/\.github\/.*\n/m, ''), /nobody is named for \.github/],
];
