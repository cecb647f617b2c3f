// `npm run generate`: writes every file that is made from the code. `npm run check:generated` (`--check`) fails where one is
// stale, where data has no class or no retention, where a task has no handler, and where a document says what is not so.
import { readFileSync } from 'node:fs';
import { databasesFile } from '@muster/platform/database/database-roles';
import { schemaFiles } from './charts/schemas';
import { graphFiles } from './charts/service-graph';
import { generatedClient } from './client';
import { dataFaults, dataPage } from './docs/data-page';
import { alertsPage, limitsPage, taskFaults, tasksPage } from './docs/declared-pages';
import { documentsFound } from './docs/documents';
import { configurationPage, envExample, eventsPage, logSchema, metricsPage, problemsPage, routesPage } from './docs/pages';
import { staleFiles, writeFiles } from './files';
import { compiledMessages } from './messages';
import { dashboardFiles, dashboardsPage } from './observability/dashboards/dashboards';
import { ruleFiles } from './observability/objectives';

/** The web app names trades and finds them by the very table, matcher and aliases of the services, and may not import them; these import nothing but each other. */
const ofTrades = ['sound-key.ts', 'name-search.ts', 'trade-aliases.ts', 'trade-search.ts', 'trade-table.ts'];
const within = (folder: string, files: Record<string, string>): Record<string, string> => Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text]));
const copyOf = (name: string): string => `// Copied from libs/reference/src/${name} by tools/generate/generate.ts. Do not edit.\n${readFileSync(`libs/reference/src/${name}`, 'utf8')}`;

const files: Readonly<Record<string, string>> = {
  'frontend/src/lib/api/generated.ts': generatedClient(),
  ...within('frontend/src/lib/i18n/generated', compiledMessages()),
  ...within('frontend/src/lib/trades/generated', Object.fromEntries(ofTrades.map((name) => [name, copyOf(name)]))),
  ...within('docs/generated', {
    'ALERTS.md': alertsPage(), 'CONFIGURATION.md': configurationPage(), 'DASHBOARDS.md': dashboardsPage(), 'DATA.md': dataPage(), 'EVENTS.md': eventsPage(), 'LIMITS.md': limitsPage(),
    'METRICS.md': metricsPage(), 'log-schema.json': logSchema(), 'PROBLEMS.md': problemsPage(), 'ROUTES.md': routesPage(), 'TASKS.md': tasksPage(),
  }),
  '.env.example': envExample(),
  'charts/muster-backing/files/databases.sql': databasesFile(),
  ...graphFiles(),
  ...schemaFiles(),
  ...ruleFiles(),
  ...dashboardFiles(),
};

const stale = staleFiles(files);
if (process.argv.includes('--check')) {
  const found = documentsFound();
  const changed = staleFiles(files, (file) => `${files[file] ?? ''}by hand\n`);
  const faults = [
    ...stale.map((file) => `${file} is stale: npm run generate`), ...dataFaults(), ...taskFaults(), ...found.flatMap((one) => one.faults),
    ...(changed.length === Object.keys(files).length ? [] : ['files that were changed by hand went unnoticed']),
  ];
  for (const fault of faults) console.error(fault);
  for (const { what, count, faults: own } of found) console.log(`${count} ${what}, ${own.length} faults`);
  process.exitCode = faults.length === 0 ? 0 : 1;
} else writeFiles(files, stale);
console.log(`${Object.keys(files).length} generated files, ${stale.length} ${process.argv.includes('--check') ? 'stale' : 'written'}`);
