// Lets node run a script written in TypeScript from source: `node --conditions=source -r ./tools/ts.cjs tools/<script>.ts`.
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const config = require('./swc-config.cjs');

const cache = join(__dirname, '..', '.muster', 'ts');
const settings = JSON.stringify(config) + require('@swc/core/package.json').version;

require.extensions['.ts'] = (module, filename) => {
  module._compile(compiled(readFileSync(filename, 'utf8'), filename), filename);
};
process.setSourceMapsEnabled(true);

function compiled(source, filename) {
  const key = createHash('sha256').update(settings).update(filename).update('\0').update(source).digest('hex').slice(0, 32);
  const file = join(cache, `${key}.js`);
  try {
    return readFileSync(file, 'utf8');
  } catch {
    const { transformSync } = require('@swc/core'); // loading it costs more than all the rest
    const { code } = transformSync(source, { ...config, filename, swcrc: false, sourceMaps: 'inline' });
    keep(file, code);
    return code;
  }
}

function keep(file, code) {
  try {
    mkdirSync(cache, { recursive: true });
    writeFileSync(`${file}.${process.pid}`, code);
    renameSync(`${file}.${process.pid}`, file); // whole or not at all: others may be reading
  } catch {
    // A read-only checkout works too, only slower.
  }
}
