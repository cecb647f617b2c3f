import { command, quick, tests, type Pillar } from '../line';

const schema = ['libs/platform/src/config/define-config.spec.ts'];

export const configuration: Pillar = {
  name: 'configuration',
  title: 'Configuration',
  lines: [
    quick(3, 'faults', 'Does a service with a faulty environment name all faults at once, and no secret?',
      tests(schema, 1, /names every fault at once and no secret/), 'See libs/platform/src/config/define-config.ts.'),
    quick(3, 'typed', 'Is every variable parsed by a schema, with its default and description?',
      tests(schema, 10, /parsed with defaults|describes each variable|peers|rate/), 'Describe the variable in the `config.ts` of its service.'),
    quick(4, 'secrets', 'Can every value come from a file, and is a missing or doubled one refused by name only?',
      tests(schema, 2, /from a file|beside a file/), 'See libs/platform/src/config/define-config.ts.'),
    quick(2, 'example', 'Is `.env.example` what the schemas say?', command('check:generated'), 'Run `npm run generate`.'),
    quick(3, 'standalone', 'Does the one-process mode tell each service all that it asks for?',
      tests(['apps/standalone/src/environment.spec.ts', 'apps/standalone/src/options.spec.ts'], 15), 'See apps/standalone/src/environment.ts.'),
    quick(4, 'charts', 'Is the environment of each service the same in schema, chart and external secrets, in every render?',
      command('check:charts', { figure: /environment = schema = ExternalSecret = Secrets\s+(\d+)\s+0\b/, least: 15, part: true, minutes: 10 }), 'Read `npm run check:charts`: a variable is missing or unknown on one side.'),
    quick(4, 'compose', 'Is the environment of each service in the compose file what its schema asks for?',
      command('check:charts', { figure: /compose\.yaml has the services’ environment\s+(\d+)\s+0\b/, least: 5, part: true, minutes: 10 }), 'Read `npm run check:charts`: a variable is missing or unknown on one side.'),
  ],
};
