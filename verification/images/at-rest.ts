import type { Entry, Image } from './image';

export const OWN_LIMIT_MB = 80;

const labels = ['title', 'version', 'revision', 'source', 'created'].map((name) => `org.opencontainers.image.${name}`);
const forbiddenNames = /(^|\/)(\.npmrc|\.env[^/]*|\.git|id_rsa|[^/]*\.(pem|key|ts|map|tsbuildinfo|spec\.js))$/;
const forbiddenContent: ReadonlyArray<[string, RegExp]> = [
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----\s*[A-Za-z0-9+/=]{40}/],
  ["a registry's token", /_authToken\s*=\s*\S{8}/],
  ['a private JWK', /"d"\s*:\s*"[A-Za-z0-9_-]{43}"/],
];

export const ownMegabytes = (image: Image, base: Image): number => (image.size - base.size) / 1_000_000;

/** What the description of an image says that it must not. */
export function faultsOfConfig(image: Image, base: Image): string[] {
  const { User, Cmd, Entrypoint, Labels, Healthcheck, Env } = image.config;
  const own = ownMegabytes(image, base);
  const command = [...(Entrypoint ?? []), ...(Cmd ?? [])];
  const isOneShot = command.some((part) => part.includes('tools/dev/setup'));
  const isService = command.some((part) => part.startsWith('apps/'));
  const faults: ReadonlyArray<false | string> = [
    own > OWN_LIMIT_MB && `its own layers are ${own.toFixed(1)} MB, more than ${OWN_LIMIT_MB}`,
    !base.layers.every((layer, at) => image.layers[at] === layer) && 'it does not stand on its base',
    !/^[1-9]\d*(:\d+)?$/.test(User) && `its user is ${User || 'root'}, which Kubernetes cannot tell from root`,
    /^(\/bin\/)?(ba)?sh$/.test(command[0] ?? 'sh') && `it starts by a shell: ${command.join(' ')}`,
    !isOneShot && !Healthcheck && 'it has no HEALTHCHECK',
    !isOneShot && Healthcheck !== undefined && Healthcheck.Test[0] !== 'CMD' && 'its HEALTHCHECK needs a shell',
    ...labels.map((label) => !Labels?.[label] && `the label ${label} is missing`),
    ...(isService ? ['RELEASE_VERSION', 'RELEASE_COMMIT'] : []).map((name) => !Env.some((variable) => variable.startsWith(`${name}=`) && variable.length > name.length + 1) && `${name} is missing, by which logs and metrics say which build it is`),
    ...Env.map((variable) => /(PASSWORD|SECRET|TOKEN|_KEY)=./.test(variable) && `it carries ${variable.split('=', 1)[0]} in its environment`),
  ];
  return faults.filter((fault) => fault !== false);
}

/** @param dev paths of the lock file's packages that only build */
export function faultsOfFiles(entries: readonly Entry[], dev: ReadonlySet<string>): string[] {
  return entries.flatMap(({ path, permissions, owner, content }) => {
    const isApp = path.startsWith('app/');
    const isWritable = permissions[5] === 'w' || permissions[8] === 'w';
    const packageOf = /^app\/(.*node_modules\/(?:@[^/]+\/)?[^/]+)\/package\.json$/.exec(path)?.[1];
    const text = content && /\.(c?js|mjs|json|conf|sh|html|txt)$/.test(path) ? content() : '';
    const faults: ReadonlyArray<false | string> = [
      permissions.startsWith('-') && !isApp && !path.startsWith('secrets') && `it writes ${path}, outside of /app`,
      forbiddenNames.test(path) && `it holds ${path}`,
      isApp && !permissions.startsWith('l') && (owner !== '0/0' || isWritable) && `${path} is not root's alone to write`,
      packageOf !== undefined && dev.has(packageOf) && `it holds ${packageOf}, which only builds`,
      ...forbiddenContent.map(([what, form]) => form.test(text) && `${path} holds ${what}`),
    ];
    return faults.filter((fault) => fault !== false);
  });
}
