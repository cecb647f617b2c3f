// Writes docs/generated, .env.example and the statements of databases and roles from the code they describe; `--check` fails
// where one is stale, where data has no class or no retention, and where nothing enforces a decision.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { databasesFile } from '@muster/platform/database/database-roles';
import { alertsPage } from './alerts-page';
import { limitsPage } from './limits-page';
import { dataFaults, dataPage } from './data-page';
import { decisionFaults } from './decisions';
import { configurationPage, envExample, eventsPage, metricsPage, problemsPage, routesPage } from './pages';
import { taskFaults, tasksPage } from './tasks-page';

const pages: Readonly<Record<string, string>> = {
  '.env.example': envExample(),
  'charts/muster-backing/files/databases.sql': databasesFile(),
  'docs/generated/ALERTS.md': alertsPage(),
  'docs/generated/CONFIGURATION.md': configurationPage(),
  'docs/generated/DATA.md': dataPage(),
  'docs/generated/EVENTS.md': eventsPage(),
  'docs/generated/LIMITS.md': limitsPage(),
  'docs/generated/METRICS.md': metricsPage(),
  'docs/generated/PROBLEMS.md': problemsPage(),
  'docs/generated/ROUTES.md': routesPage(),
  'docs/generated/TASKS.md': tasksPage(),
};

let stale = 0;
for (const [file, wanted] of Object.entries(pages)) {
  const present = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (present === wanted) continue;
  stale += 1;
  if (process.argv.includes('--check')) {
    console.error(`${file} is stale: npm run generate`);
    process.exitCode = 1;
  } else {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, wanted);
  }
}
for (const fault of process.argv.includes('--check') ? [...dataFaults(), ...decisionFaults(), ...taskFaults()] : []) {
  console.error(fault);
  process.exitCode = 1;
}
console.log(`${Object.keys(pages).length} generated documents, ${stale} ${process.argv.includes('--check') ? 'stale' : 'written'}`);
