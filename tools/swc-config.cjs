// The one SWC configuration, read by the build, by Jest and by the scripts that run TypeScript directly.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

module.exports = JSON.parse(readFileSync(join(__dirname, '..', '.swcrc'), 'utf8'));
delete module.exports.$schema;
