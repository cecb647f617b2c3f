import { command, inspection, tests, type Pillar } from '../line';
import { commandsExist, decisionsComplete, everyCommandDocumented, linksResolve } from '../inspections/documents';
import { alertsHaveRunbooks } from '../inspections/runbooks';

export const documentation: Pillar = {
  name: 'documentation',
  title: 'Documentation',
  lines: [
    {
      name: 'commands', question: 'Does every command that the documents name exist?', run: 'quick', risk: 3,
      evidence: inspection(commandsExist), action: 'Correct the document or give the script.',
    },
    {
      name: 'every-command', question: 'Is every command of package.json explained in README or CONTRIBUTING?', run: 'quick', risk: 1,
      evidence: inspection(everyCommandDocumented), action: 'Add a line to the table of CONTRIBUTING.md.',
    },
    {
      name: 'links', question: 'Does every link of the documents lead to a file?', run: 'quick', risk: 2,
      evidence: inspection(linksResolve), action: 'Correct the link.',
    },
    {
      name: 'decisions', question: 'Does every decision record give context, decision and how it is enforced, in numbers without a hole?', run: 'quick', risk: 2,
      evidence: inspection(decisionsComplete), action: 'Complete the record in docs/adr.',
    },
    {
      name: 'tables', question: 'Are the tables of routes, events, problems, configuration and metrics those of the code?', run: 'quick', risk: 2,
      evidence: command('check:generated', { figure: /(\d+) generated documents, 0 stale/, least: 6 }), action: 'Run `npm run generate`.',
    },
    {
      name: 'api', question: 'Does every service publish OpenAPI 3.1 of its public routes, and of no other?', run: 'quick', risk: 2,
      evidence: tests(['libs/platform/src/openapi/documents.int-spec.ts'], 3), action: 'See libs/platform/src/openapi.',
    },
    {
      name: 'first-steps', question: 'Does `npm start` say its options, and refuse what it cannot do in a sentence?', run: 'quick', risk: 2,
      evidence: tests(['tools/build/start.int-spec.ts'], 3), action: 'See tools/start.mjs.',
    },
    {
      name: 'runbooks', question: 'Does every alert lead to a runbook that is there, and is every runbook led to?', run: 'quick', risk: 4,
      evidence: inspection(alertsHaveRunbooks), action: 'Write a runbook for each alert.',
    },
  ],
};
