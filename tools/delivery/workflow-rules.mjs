// What a workflow must keep to: pinned actions, least rights, no words of strangers in a shell, commands of package.json.
// Pure; check-workflows.mjs reads the files. A project is `{ workflows, composites, scripts, actions }`, files by name.
import { parse } from 'yaml';

/** `run:` lines that are no npm command, each with its reason. */
const otherCommands = new Map([['exit 1', 'the gate of CI: it only says that another job is red']]);
const npmCommand = /^npm (?:ci(?: --[a-z-]+)*|test(?: -- [\w :-]+)?|run ([\w:-]+|\$\{\{ matrix\.script \}\})(?: -- (?:[\w -]+|"\$[A-Z_]+"))?)$/;
/** Rights to write that something needs, by workflow and job; everybody else reads. */
const mayWrite = {
  'codeql.yml': { analyze: ['security-events'] },
  'scorecard.yml': { analysis: ['security-events', 'id-token'] },
  'release.yml': {
    images: ['packages', 'id-token', 'attestations'],
    charts: ['packages', 'id-token', 'attestations'],
    publish: ['contents'],
  },
};

export function workflowComplaints(project) {
  const files = { ...project.workflows, ...project.composites };
  return [
    ...Object.entries(files).flatMap(([file, text]) => pinComplaints(file, text, project.actions)),
    ...Object.entries(project.workflows).flatMap(([file, text]) => shapeComplaints(file, parse(text))),
    ...Object.entries(files).flatMap(([file, text]) => stepsOf(parse(text)).flatMap(({ step, job }) => stepComplaints(file, step, job, project))),
    ...unusedActions(files, project.actions),
  ];
}

function pinComplaints(file, text, actions) {
  return text.split('\n').flatMap((line, at) => {
    const used = /^\s*(?:- )?uses:\s*(\S+)(?:\s+#\s*(\S+))?\s*$/.exec(line);
    if (!used || used[1].startsWith('./')) return /\buses:/.test(line) && !used ? [`${file}:${at + 1}: can't read this uses`] : [];
    const [, reference, comment] = used;
    const [name, commit] = reference.split('@');
    const repository = name.split('/').slice(0, 2).join('/');
    const where = `${file}:${at + 1}: ${name}`;
    if (!/^[0-9a-f]{40}$/.test(commit ?? '')) return [`${where} is not pinned by a commit`];
    const known = actions.find((action) => action.name === repository);
    if (!known) return [`${where} is not in .github/actions.json`];
    if (known.commit !== commit) return [`${where} is pinned to another commit than .github/actions.json says`];
    return comment === known.tag ? [] : [`${where}: its comment should say ${known.tag}`];
  });
}

function unusedActions(files, actions) {
  const text = Object.values(files).join('\n');
  return actions.filter(({ name }) => !text.includes(` ${name}@`) && !text.includes(` ${name}/`)).map(({ name }) => `.github/actions.json: nothing uses ${name}`);
}

function shapeComplaints(file, workflow) {
  const triggers = Object.keys(typeof workflow.on === 'object' ? workflow.on : { [workflow.on]: null });
  const found = [];
  for (const forbidden of ['pull_request_target', 'workflow_run']) {
    if (triggers.includes(forbidden)) found.push(`${file}: ${forbidden} runs strangers' code with rights`);
  }
  if (JSON.stringify(workflow.permissions) !== '{}') found.push(`${file}: permissions at the top are not {}`);
  if (!workflow.concurrency?.group) found.push(`${file}: no concurrency group`);
  const strangers = triggers.includes('pull_request') || triggers.includes('workflow_call');
  if (strangers && /\bsecrets\.|"secrets":/.test(JSON.stringify(workflow))) found.push(`${file}: a secret in a workflow that pull requests run`);
  for (const [name, job] of Object.entries(workflow.jobs)) found.push(...jobComplaints(file, name, job));
  return found;
}

function jobComplaints(file, name, job) {
  const where = `${file}: job ${name}`;
  const found = [];
  if (typeof job.permissions !== 'object') found.push(`${where} doesn't declare its permissions`);
  else {
    for (const [right, value] of Object.entries(job.permissions)) {
      const allowed = mayWrite[file]?.[name] ?? [];
      if (value !== 'read' && !allowed.includes(right)) found.push(`${where} has ${right}: ${value}`);
    }
  }
  if (job.uses) return job.uses.startsWith('./') ? found : [...found, `${where} calls a workflow of somebody else`];
  if (!job['timeout-minutes']) found.push(`${where} has no timeout-minutes`);
  if (!/^ubuntu-\d\d\.\d\d$/.test(job['runs-on'] ?? '')) found.push(`${where} doesn't run on a named version`);
  return found;
}

function stepsOf(file) {
  if (file.runs) return file.runs.steps.map((step) => ({ step, job: 'composite' }));
  return Object.entries(file.jobs).flatMap(([job, { steps = [] }]) => steps.map((step) => ({ step, job })));
}

function stepComplaints(file, step, job, { scripts, actions }) {
  const where = `${file}: job ${job}`;
  if (step.uses) return usesComplaints(where, step, actions);
  const command = step.run?.trim() ?? '';
  const foreign = [...command.matchAll(/\$\{\{(.*?)\}\}/gs)].filter(([, inside]) => !/^\s*matrix\.\w+\s*$/.test(inside));
  if (foreign.length > 0) return [`${where} puts an expression into its shell; give it by env`];
  if (otherCommands.has(command)) return [];
  const npm = npmCommand.exec(command);
  if (!npm) return [`${where} runs more than one npm command: ${command}`];
  const script = npm[1];
  return script && !script.startsWith('$') && !scripts.includes(script) ? [`${where} runs ${script}, which package.json hasn't`] : [];
}

function usesComplaints(where, step, actions) {
  const name = step.uses.split('@')[0];
  const found = [];
  if (name === 'actions/checkout' && step.with?.['persist-credentials'] !== false) found.push(`${where} leaves credentials in the checkout`);
  const inputs = actions.find((action) => action.name === name)?.inputs ?? [];
  for (const given of Object.keys(step.with ?? {})) {
    if (inputs.length > 0 && !inputs.includes(given)) found.push(`${where}: ${name} has no input ${given}`);
  }
  return found;
}

/** Names that a matrix gives to `npm run`. */
export function matrixScriptComplaints({ workflows, scripts, checks }) {
  return Object.entries(workflows).flatMap(([file, text]) =>
    Object.entries(parse(text).jobs).flatMap(([job, { strategy }]) => {
      const { script = [], check = [], include = [] } = strategy?.matrix ?? {};
      const named = [...check, ...include.map((row) => row.check).filter(Boolean)];
      return [
        ...script.filter((one) => !scripts.includes(one)).map((one) => `${file}: job ${job} runs ${one}, which package.json hasn't`),
        ...(named.length > 0 ? checks.filter((one) => !named.includes(one)).map((one) => `${file}: job ${job} leaves out check ${one}`) : []),
        ...named.filter((one) => !checks.includes(one)).map((one) => `${file}: job ${job} names check ${one}, which is none`),
      ];
    }),
  );
}
