// The walls of DESIGN §2. Each rule has a fixture under tools/check/walls/fixtures that breaks it: `npm run check:walls`
// fails when a rule does not fire on its fixture, and when too few modules were read.

// A fixture repeats the tree in its own folder, which is the base of its run.
const at = (path) => `^${path}`;
const spec = '\\.(?:int-)?spec\\.tsx?$';

module.exports = {
  forbidden: [
    {
      name: 'apps-never-import-each-other',
      comment: 'Services talk by events and internal routes. Only the composition root knows them all.',
      severity: 'error',
      from: { path: at('apps/([^/]+)/'), pathNot: at('apps/standalone/') },
      to: { path: at('apps/([^/]+)/'), pathNot: at('apps/$1/') },
    },
    {
      name: 'libs-never-import-apps',
      severity: 'error',
      from: { path: at('libs/') },
      to: { path: at('apps/') },
    },
    {
      name: 'platform-knows-only-the-kernel',
      comment: 'The platform knows nothing about the domain.',
      severity: 'error',
      from: { path: at('libs/platform/src/'), pathNot: spec },
      to: { path: at('libs/(?:contracts/src/(?!kernel/)|reference/)') },
    },
    {
      name: 'reference-imports-nothing',
      comment: 'Pure data; node:fs and node:path only, for reading it at the first use.',
      severity: 'error',
      from: { path: at('libs/reference/src/'), pathNot: spec },
      to: { pathNot: [at('libs/reference/src/'), '^(?:node:)?(?:fs|path)$'] },
    },
    {
      name: 'contracts-import-only-zod',
      severity: 'error',
      from: { path: at('libs/contracts/src/'), pathNot: spec },
      to: { pathNot: [at('libs/contracts/src/'), 'node_modules/zod/'] },
    },
    {
      name: 'a-repository-is-private-to-its-slice',
      severity: 'error',
      from: { path: at('apps/([^/]+)/src/([^/]+)/'), pathNot: spec },
      to: { path: at('apps/[^/]+/src/[^/]+/.*\\.repository\\.ts$'), pathNot: at('apps/$1/src/$2/') },
    },
    {
      name: 'a-schema-is-private-to-its-slice',
      comment: 'Whoever needs rows of another slice reads them through a *.reader.ts that the slice exports.',
      severity: 'error',
      from: { path: at('apps/([^/]+)/src/([^/]+)/'), pathNot: spec },
      to: { path: at('apps/[^/]+/src/[^/]+/.*\\.schema\\.ts$'), pathNot: at('apps/$1/src/$2/') },
    },
    {
      name: 'ranking-is-pure',
      comment: 'The engine and its rules run the same in a benchmark, in a test and in a service: no Nest, no SQL, no other slice.',
      severity: 'error',
      from: { path: at('apps/matching/src/ranking/'), pathNot: spec },
      to: {
        path: [at('apps/matching/src/'), 'node_modules/(?:@nestjs|kysely|pg)/', at('libs/platform/src/')],
        pathNot: [at('apps/matching/src/(?:ranking|site)/'), at('libs/platform/src/kernel/')],
      },
    },
    {
      name: 'the-search-knows-no-jobs',
      comment: 'Jobs, invites and assignments stand on workers and search, never the other way; what these have to read they read through a *.reader.ts.',
      severity: 'error',
      from: { path: at('apps/matching/src/(?:site|states|workers|search)/'), pathNot: spec },
      to: { path: at('apps/matching/src/(?:jobs|invites|assignments)/'), pathNot: '\\.reader\\.ts$' },
    },
    {
      name: 'rules-and-policies-do-no-io',
      severity: 'error',
      from: { path: '\\.(?:rules|policy)\\.ts$' },
      to: {
        path: [
          '\\.(?:repository|gateway|controller)\\.ts$',
          at('libs/platform/src/(?:database|messaging|realtime|internal|http|resilience|timers)/'),
          'node_modules/(?:pg|kysely|undici|ioredis|ws|@nats-io|@nestjs|fastify)/',
          '^(?:node:)?(?:fs|net|http|https|child_process|dgram|dns)(?:/|$)',
        ],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'sql-only-in-repositories',
      severity: 'error',
      from: {
        path: at('(?:apps|libs)/'),
        pathNot: [
          '\\.(?:repository|reader)\\.ts$',
          '/migrations/',
          at('libs/platform/src/(?:database|testing)/'),
          at('apps/standalone/src/(?:postgres|demo)/'),
          at('libs/platform/src/tracing/tracing-sdk\\.ts$'), // names the driver that it instruments
          '/test/',
          '\\.fixture\\.ts$',
          spec,
        ],
      },
      to: { path: 'node_modules/(?:pg|kysely)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'the-web-app-has-layers',
      comment: 'ui and lib → features → app.',
      severity: 'error',
      from: { path: at('frontend/src/(?:ui|lib)/') },
      to: { path: at('frontend/src/(?:features|app)/') },
    },
    {
      name: 'features-know-no-app',
      severity: 'error',
      from: { path: at('frontend/src/features/') },
      to: { path: at('frontend/src/app/') },
    },
    {
      name: 'no-feature-imports-another',
      severity: 'error',
      from: { path: at('frontend/src/features/([^/]+)/') },
      to: { path: at('frontend/src/features/([^/]+)/'), pathNot: at('frontend/src/features/$1/') },
    },
    {
      name: 'the-web-app-imports-no-contracts',
      comment: 'One imported route() would bring zod into the browser: it gets a generated file instead. Civil time and the bounds of pay are free of it.',
      severity: 'error',
      from: { path: at('frontend/src/'), pathNot: spec },
      to: { path: at('(?:libs|apps)/'), pathNot: at('libs/contracts/src/kernel/(?:civil-time|pay-bounds)\\.ts$') },
    },
    {
      name: 'civil-time-imports-types-only',
      comment: 'The web app imports it: whatever it needed at run time would come along.',
      severity: 'error',
      from: { path: at('libs/contracts/src/kernel/(?:civil-time|pay-bounds)\\.ts$') },
      to: { dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: { pathNot: 'node_modules' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-barrels',
      comment: 'A file that only passes others on hides who uses what.',
      severity: 'error',
      from: {},
      to: { path: at('(?:apps|libs|frontend)/.*/index\\.tsx?$'), pathNot: 'node_modules' },
    },
    {
      name: 'everything-resolves',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(?:apps/[^/]+/|libs/[^/]+/|frontend/|)(?:dist|\\.types|\\.muster)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      conditionNames: ['source', 'types', 'import', 'require', 'node', 'default'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json', '.d.ts'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
  },
};
