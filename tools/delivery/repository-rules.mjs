// What Dependabot must look after and whom CODEOWNERS must name. Pure; check-workflows.mjs reads the files.
import { parse } from 'yaml';

const folderOf = (path) => (path.includes('/') ? `/${path.slice(0, path.lastIndexOf('/'))}` : '/');

/** Where each ecosystem lives, from the files that git knows. */
function ecosystems(files) {
  const folders = (pattern) => [...new Set(files.filter((path) => pattern.test(path)).map(folderOf))];
  return {
    npm: folders(/^package-lock\.json$/),
    docker: folders(/(^|\/)Dockerfile$/),
    'docker-compose': folders(/(^|\/)compose\.ya?ml$/),
    'github-actions': [...(files.some((path) => path.startsWith('.github/workflows/')) ? ['/'] : []), ...folders(/^\.github\/actions\/.*\/action\.ya?ml$/)],
    helm: folders(/(^|\/)Chart\.yaml$/),
  };
}

/** `*` is one folder, `**` any number, as Dependabot reads them. */
function matches(pattern, folder) {
  const source = pattern.replaceAll(/[.+?^$()|[\]{}\\]/g, String.raw`\$&`).replaceAll('**', '\0').replaceAll('*', '[^/]*').replaceAll('\0', '.*');
  return new RegExp(`^${source}$`).test(folder);
}

export function dependabotComplaints({ dependabot, files }) {
  const updates = parse(dependabot).updates;
  const found = updates.flatMap((update) => [
    ...(update.cooldown?.['default-days'] >= 3 ? [] : [`dependabot: ${update['package-ecosystem']} has no cooldown`]),
    ...(update.groups ? [] : [`dependabot: ${update['package-ecosystem']} is not grouped`]),
  ]);
  for (const [ecosystem, folders] of Object.entries(ecosystems(files))) {
    const covered = updates.filter((update) => update['package-ecosystem'] === ecosystem).flatMap((update) => update.directories ?? [update.directory]);
    for (const folder of folders) {
      if (!covered.some((pattern) => matches(pattern, folder))) found.push(`dependabot: nothing looks after ${ecosystem} in ${folder}`);
    }
  }
  return found;
}

export function ownerComplaints({ codeowners, files }) {
  const lines = codeowners.split('\n').map((line) => line.replace(/#.*/, '').trim()).filter(Boolean).map((line) => line.split(/\s+/));
  const found = lines.flatMap(([pattern, ...owners]) => [
    ...(owners.length > 0 && owners.every((owner) => /^@[\w-]+(\/[\w-]+)?$/.test(owner)) ? [] : [`CODEOWNERS: ${pattern} has no owner`]),
    ...(files.some((path) => owns(pattern, path)) ? [] : [`CODEOWNERS: ${pattern} is the path of nothing`]),
  ]);
  if (lines[0]?.[0] !== '*') found.push('CODEOWNERS: the first line must be that of everything else');
  for (const guarded of ['.github/workflows/release.yml', 'package-lock.json']) {
    if (!lines.some(([pattern]) => pattern !== '*' && owns(pattern, guarded))) found.push(`CODEOWNERS: nobody is named for ${guarded}`);
  }
  return found;
}

function owns(pattern, path) {
  if (pattern === '*') return true;
  return pattern.endsWith('/') ? matches(`${pattern}**`, `/${path}`) : matches(pattern, `/${path}`);
}
