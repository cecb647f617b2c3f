// Lets node run a TypeScript script of tools/: `node -C source -r ./tools/register-swc.cjs tools/<script>.ts`.
const { readFileSync } = require('node:fs');
const { transformSync } = require('@swc/core');
const config = require('./swc-config.cjs');

require.extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), { ...config, filename, swcrc: false, sourceMaps: 'inline' });
  module._compile(code, filename);
};
