import { command, tests, type Pillar } from '../line';

export const build: Pillar = {
  name: 'build',
  title: 'Build',
  lines: [
    {
      name: 'types', question: 'Does every workspace, test and tool type-check?', run: 'quick', risk: 4,
      evidence: command('check:types', { minutes: 20 }), action: 'Read `npm run check:types`.',
    },
    {
      name: 'lint', question: 'Is the code free of warnings: no `any`, no floating promise, no file over 300 lines?', run: 'quick', risk: 2,
      evidence: command('check:lint', { minutes: 20 }), action: 'Read `npm run check:lint`.',
    },
    {
      name: 'walls', question: 'Do services, libraries and slices keep to their walls, and does each wall fire on its fixture?', run: 'quick', risk: 3,
      evidence: command('check:walls', { figure: /(\d+) modules, \d+ rules each seen failing/, least: 250 }),
      action: 'Read `npm run check:walls`: move what two sides need into a library, or talk by an event.',
    },
    {
      name: 'unused', question: 'Is every file, export and dependency used?', run: 'quick', risk: 1,
      evidence: command('check:unused'), action: 'Remove what `npm run check:unused` names.',
    },
    {
      name: 'suppressions', question: 'Does every suppression say why, and is no test left out?', run: 'quick', risk: 2,
      evidence: command('check:suppressions', { figure: /(\d+) files, 0 without a reason/, least: 300 }), action: 'Give the reason or remove the suppression.',
    },
    {
      name: 'reproducible', question: 'Do two builds in two places give the same bytes?', run: 'quick', risk: 3,
      evidence: command('check:build', { figure: /(\d+) files built twice, 0 differ/, least: 300 }),
      action: 'Find what of the place or the time goes into the file that is named.',
    },
    {
      name: 'incremental', question: 'Is only what changed built again, and nothing stale kept?', run: 'quick', risk: 2,
      evidence: tests(['tools/build/build.int-spec.ts'], 7), action: 'See tools/build.',
    },
    {
      name: 'generated', question: 'Are the typed client, messages and tables those of the code?', run: 'quick', risk: 2,
      evidence: command('check:generated', { figure: /(\d+) generated documents, 0 stale/, least: 6 }), action: 'Run `npm run generate`.',
    },
    {
      name: 'lockfile', question: 'Does the lock file name every package by one registry and an integrity hash, and do only known packages run a script when installed?',
      run: 'quick', risk: 4, evidence: command('check:lock', { shows: ['packages', 'installScripts', 'complaints'] }), action: 'Read `npm run check:lock`.',
    },
  ],
};
