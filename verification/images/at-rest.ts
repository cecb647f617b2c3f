import type { Image } from './docker';
import type { Entry } from './tar';

export const OWN_LIMIT_MB = 80;

const labels = ['title', 'version', 'revision', 'source', 'created'].map((name) => `org.opencontainers.image.${name}`);
const forbiddenNames = /(^|\/)(\.npmrc|\.env[^/]*|\.git|id_rsa|[^/]*\.(pem|key|ts|map|tsbuildinfo|spec\.js))$/;
const forbiddenContent: ReadonlyArray<[string, RegExp]> = [
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----\s*[A-Za-z0-9+/=]{40}/],
  ["a registry's token", /_authToken\s*=\s*\S{8}/],
  ['a private JWK', /"d"\s*:\s*"[A-Za-z0-9_-]{43}"/],
];

/** What is wrong with an image that nobody has started. `dev`: paths of the lock file's packages that only build. */
export function faultsAtRest(image: Image, base: Image, entries: readonly Entry[], dev: ReadonlySet<string>): string[] {
  return [...faultsOfConfig(image, base), ...faultsOfFiles(entries, dev)];
}

export const ownMegabytes = (image: Image, base: Image): number => (image.size - base.size) / 1_000_000;

function faultsOfConfig(image: Image, base: Image): string[] {
  const { User, Cmd, Entrypoint, Labels, Healthcheck, Env } = image.config;
  const faults: string[] = [];
  const own = ownMegabytes(image, base);
  if (own > OWN_LIMIT_MB) faults.push(`its own layers are ${own.toFixed(1)} MB, more than ${OWN_LIMIT_MB}`);
  if (!base.layers.every((layer, at) => image.layers[at] === layer)) faults.push(`it does not stand on ${base.name}`);
  if (!/^[1-9]\d*(:\d+)?$/.test(User)) faults.push(`its user is ${User || 'root'}, which Kubernetes cannot tell from root`);
  const command = [...(Entrypoint ?? []), ...(Cmd ?? [])];
  if (/^(\/bin\/)?(ba)?sh$/.test(command[0] ?? 'sh')) faults.push(`it starts by a shell: ${command.join(' ')}`);
  const isOneShot = command.some((part) => part.includes('tools/dev/setup'));
  if (!isOneShot && Healthcheck?.Test[0] !== 'CMD') faults.push(Healthcheck ? 'its HEALTHCHECK needs a shell' : 'it has no HEALTHCHECK');
  for (const label of labels) if (!Labels?.[label]) faults.push(`the label ${label} is missing`);
  for (const variable of Env) if (/(PASSWORD|SECRET|TOKEN|_KEY)=./.test(variable)) faults.push(`it carries ${variable.split('=', 1)[0]} in its environment`);
  return faults;
}

function faultsOfFiles(entries: readonly Entry[], dev: ReadonlySet<string>): string[] {
  const faults: string[] = [];
  for (const { path, type, content, owner, mode } of entries) {
    const isOurs = path.startsWith('app/') || path.startsWith('secrets');
    if (!isOurs && type === '0') faults.push(`it writes ${path}, outside of /app`);
    if (forbiddenNames.test(path)) faults.push(`it holds ${path}`);
    if (path.startsWith('app/') && (owner !== '0:0' || (mode & 0o022) !== 0) && type !== '2') faults.push(`${path} is not root's alone to write`);
    const packageOf = /^app\/(.*node_modules\/(?:@[^/]+\/)?[^/]+)\/package\.json$/.exec(path)?.[1];
    if (packageOf && dev.has(packageOf)) faults.push(`it holds ${packageOf}, which only builds`);
    if (content && /\.(c?js|mjs|json|conf|sh|html|txt)$/.test(path)) {
      const text = content().toString('latin1');
      for (const [what, form] of forbiddenContent) if (form.test(text)) faults.push(`${path} holds ${what}`);
    }
  }
  return faults;
}
