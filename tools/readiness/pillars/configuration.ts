import { command, tests, type Pillar } from '../line';

const schema = ['libs/platform/src/config/define-config.spec.ts'];

export const configuration: Pillar = {
  name: 'configuration',
  title: 'Configuration',
  lines: [
    {
      name: 'faults', question: 'Does a service with a faulty environment name all faults at once, and no secret?', run: 'quick', risk: 3,
      evidence: tests(schema, 1, /names every fault at once and no secret/), action: 'See libs/platform/src/config/define-config.ts.',
    },
    {
      name: 'typed', question: 'Is every variable parsed by a schema, with its default and description?', run: 'quick', risk: 3,
      evidence: tests(schema, 10, /parsed with defaults|describes each variable|peers|rate/), action: 'Describe the variable in the `config.ts` of its service.',
    },
    {
      name: 'secrets', question: 'Can every value come from a file, and is a missing or doubled one refused by name only?', run: 'quick', risk: 4,
      evidence: tests(schema, 2, /from a file|beside a file/), action: 'See libs/platform/src/config/define-config.ts.',
    },
    {
      name: 'example', question: 'Is `.env.example` what the schemas say?', run: 'quick', risk: 2,
      evidence: command('check:generated'), action: 'Run `npm run generate`.',
    },
    {
      name: 'standalone', question: 'Does the one-process mode tell each service all that it asks for?', run: 'quick', risk: 3,
      evidence: tests(['apps/standalone/src/environment.spec.ts', 'apps/standalone/src/options.spec.ts'], 15), action: 'See apps/standalone/src/environment.ts.',
    },
    {
      name: 'charts', question: 'Is the environment of each service the same in schema, chart and external secrets, in every render?', run: 'quick', risk: 4,
      evidence: command('check:charts', { figure: /environment = schema = ExternalSecret = Secrets\s+(\d+)\s+0\b/, least: 15, part: true, minutes: 10 }),
      action: 'Read `npm run check:charts`: a variable is missing or unknown on one side.',
    },
    {
      name: 'compose', question: 'Is the environment of each service in the compose file what its schema asks for?', run: 'quick', risk: 4,
      evidence: command('check:charts', { figure: /compose\.yaml has the services’ environment\s+(\d+)\s+0\b/, least: 5, part: true, minutes: 10 }),
      action: 'Read `npm run check:charts`: a variable is missing or unknown on one side.',
    },
  ],
};
