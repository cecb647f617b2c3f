import { command, inspection, quick, tests, type Pillar } from '../line';
import { commandsExist, decisionsComplete, everyCommandDocumented, linksResolve } from '../inspections/documents';
import { alertsHaveRunbooks } from '../inspections/runbooks';

export const documentation: Pillar = {
  name: 'documentation',
  title: 'Documentation',
  lines: [
    quick(3, 'commands', 'Does every command that the documents name exist?', inspection(commandsExist), 'Correct the document or give the script.'),
    quick(1, 'every-command', 'Is every command of package.json explained in README or CONTRIBUTING?', inspection(everyCommandDocumented), 'Add a line to the table of CONTRIBUTING.md.'),
    quick(2, 'links', 'Does every link of the documents lead to a file?', inspection(linksResolve), 'Correct the link.'),
    quick(2, 'decisions', 'Does every decision record give context, decision and how it is enforced, in numbers without a hole?',
      inspection(decisionsComplete), 'Complete the record in docs/adr.'),
    quick(2, 'tables', 'Are the tables of routes, events, problems, configuration and metrics those of the code?',
      command('check:generated', { figure: /(\d+) generated documents, 0 stale/, least: 6 }), 'Run `npm run generate`.'),
    quick(2, 'api', 'Does every service publish OpenAPI 3.1 of its public routes, and of no other?',
      tests(['libs/platform/src/openapi/documents.int-spec.ts'], 3), 'See libs/platform/src/openapi.'),
    quick(2, 'first-steps', 'Does `npm start` say its options, and refuse what it cannot do in a sentence?', tests(['tools/dev/build/start.int-spec.ts'], 3), 'See tools/dev/start.mjs.'),
    quick(4, 'runbooks', 'Does every alert lead to a runbook that is there, and is every runbook led to?', inspection(alertsHaveRunbooks), 'Write a runbook for each alert.'),
  ],
};
