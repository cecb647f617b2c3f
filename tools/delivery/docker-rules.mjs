// What the Dockerfile, compose.yaml (as `docker compose config` prints it) and .dockerignore must keep to. Pure;
// check-docker.mjs reads them. A project is `{ dockerfile, dockerignore, compose, targets }`.

/** Stages by name: what they are made from and their instructions, with continued lines joined. */
function stagesOf(dockerfile) {
  const lines = dockerfile.replaceAll(/^\s*#.*\n/gm, '').replaceAll(/\\\n/g, ' ').split('\n').map((line) => line.trim()).filter(Boolean);
  const stages = new Map();
  let current;
  for (const line of lines) {
    const from = /^FROM\s+(\S+)(?:\s+AS\s+(\S+))?/i.exec(line);
    if (from) stages.set(from[2] ?? from[1], (current = { from: from[1], lines: [] }));
    else if (current) current.lines.push(line);
  }
  return stages;
}

/** The last instruction of that name, in the stage or those it is made from. */
function inherited(stages, name, instruction) {
  for (let stage = stages.get(name); stage; stage = stages.get(stage.from)) {
    const found = stage.lines.findLast((line) => line.startsWith(`${instruction} `));
    if (found) return found.slice(instruction.length + 1).trim();
  }
  return undefined;
}

export function dockerfileComplaints({ dockerfile, targets }) {
  const stages = stagesOf(dockerfile);
  const found = [];
  for (const [name, { from, lines }] of stages) {
    if (!stages.has(from) && from !== 'scratch' && !/_DIGEST:\+@/.test(from)) found.push(`Dockerfile: stage ${name} comes from ${from}, which no digest can pin`);
    for (const line of lines) {
      if (/^ADD\s+https?:/i.test(line)) found.push(`Dockerfile: stage ${name} adds from the web`);
      if (/^(ENV|ARG)\b.*(PASSWORD|SECRET|TOKEN|CREDENTIAL)/i.test(line)) found.push(`Dockerfile: stage ${name} has a secret in its layers: ${line.split(/[ =]/, 2).join(' ')}`);
      if (/^COPY\s+\.\s/.test(line) && targets.includes(name)) found.push(`Dockerfile: stage ${name} copies the whole context into an image`);
    }
  }
  for (const target of targets) {
    if (!stages.has(target)) {
      found.push(`Dockerfile: there is no stage ${target}`);
      continue;
    }
    const user = inherited(stages, target, 'USER') ?? '';
    if (!/^[1-9]\d*(:\d+)?$/.test(user)) found.push(`Dockerfile: ${target} runs as ${user || 'root'}, not as a number above 0`);
    if (!(inherited(stages, target, 'CMD') ?? inherited(stages, target, 'ENTRYPOINT') ?? '').startsWith('[')) found.push(`Dockerfile: ${target} starts through a shell, which keeps signals for itself`);
    if (target !== 'setup' && !/CMD\s+\[/.test(inherited(stages, target, 'HEALTHCHECK') ?? '')) found.push(`Dockerfile: ${target} has no HEALTHCHECK`);
  }
  return found;
}

const secretName = /(PASSWORD|SECRET|TOKEN|_KEY|CREDENTIALS?|(DATABASE|MIGRATOR|NATS|VALKEY|MAIL)_URL)$/;

export function composeComplaints({ compose }) {
  return Object.entries(compose.services).flatMap(([name, service]) => {
    const found = [];
    const say = (what) => found.push(`compose: ${name} ${what}`);
    for (const port of service.ports ?? []) if (port.host_ip !== '127.0.0.1') say(`opens port ${port.published} to the network`);
    for (const [key, value] of Object.entries(service.environment ?? {})) if (secretName.test(key) && value && !value.startsWith('/')) say(`has ${key} in its environment; a file is read with ${key}_FILE`);
    if (service.privileged) say('is privileged');
    if ((service.volumes ?? []).some(({ source }) => /docker\.sock/.test(source ?? ''))) say('reaches the container daemon');
    if (!service.security_opt?.includes('no-new-privileges:true')) say('can gain privileges');
    if (!service.mem_limit && !service.deploy?.resources?.limits?.memory) say('has no memory limit');
    if (!/[:@]/.test(service.image ?? '')) say('takes an image without a tag');
    if (service.image?.startsWith('muster/') && (!service.read_only || !service.cap_drop?.includes('ALL'))) say('can write its root or has capabilities');
    return found;
  });
}

/** Must never reach the builder, wherever they lie. */
const kept = ['.git/config', '.env', 'apps/auth/.env.local', '.muster/data/secrets.json', 'apps/auth/.muster/x', 'node_modules/a/b.js', 'apps/auth/node_modules/a.js', 'apps/auth/dist/main.js', 'charts/muster/values.yaml', 'tools/setup/server.key', 'frontend/nginx/tls.pem', 'npm-debug.log', 'coverage/index.html'];
const given = ['package-lock.json', 'apps/auth/src/main.ts', 'libs/platform/package.json', 'tools/build.mjs'];

export function ignoreComplaints({ dockerignore }) {
  const patterns = dockerignore.split('\n').map((line) => line.trim()).filter((line) => line && !line.startsWith('#'));
  const rows = patterns.map((pattern) => ({ wanted: pattern.startsWith('!'), expression: expressionOf(pattern.replace(/^!/, '').replace(/^\//, '')) }));
  /** As Docker does: the last pattern that matches the path or a folder above it decides. */
  const ignored = (path) => {
    const parts = path.split('/');
    const all = parts.map((_, at) => parts.slice(0, at + 1).join('/'));
    const last = rows.findLast(({ expression }) => all.some((one) => expression.test(one)));
    return last ? !last.wanted : false;
  };
  return [
    ...kept.filter((path) => !ignored(path)).map((path) => `.dockerignore: ${path} would reach the builder`),
    ...given.filter(ignored).map((path) => `.dockerignore: ${path} is kept from the builder`),
  ];
}

function expressionOf(pattern) {
  const source = pattern.replaceAll(/[.+^$()|[\]{}\\]/g, String.raw`\$&`).replaceAll('**/', '\0').replaceAll('**', '\u0001').replaceAll('*', '[^/]*').replaceAll('?', '[^/]').replaceAll('\0', '(?:.*/)?').replaceAll('\u0001', '.*');
  return new RegExp(`^${source}$`);
}

export const dockerRules = [dockerfileComplaints, composeComplaints, ignoreComplaints];
