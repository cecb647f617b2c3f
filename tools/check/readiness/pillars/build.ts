import { command, quick, tests, type Pillar } from '../line';

export const build: Pillar = {
  name: 'build',
  title: 'Build',
  lines: [
    quick(4, 'types', 'Does every workspace, test and tool type-check?', command('check:types', { minutes: 20 })),
    quick(2, 'lint', 'Is the code free of warnings: no `any`, no floating promise, no file over 300 lines?', command('check:lint', { minutes: 20 })),
    quick(3, 'walls', 'Do services, libraries and slices keep to their walls, and does each wall fire on its fixture?',
      command('check:walls', { figure: /(\d+) modules, \d+ rules each seen failing/, least: 250 }), 'Read `npm run check:walls`: move what two sides need into a library, or talk by an event.'),
    quick(1, 'unused', 'Is every file, export and dependency used?', command('check:unused'), 'Remove what `npm run check:unused` names.'),
    quick(2, 'suppressions', 'Does every suppression say why, and is no test left out?',
      command('check:suppressions', { figure: /(\d+) files, 0 without a reason/, least: 300 }), 'Give the reason or remove the suppression.'),
    quick(3, 'reproducible', 'Do two builds in two places give the same bytes?',
      command('check:build', { figure: /(\d+) files built twice, 0 differ/, least: 300 }), 'Find what of the place or the time goes into the file that is named.'),
    quick(2, 'incremental', 'Is only what changed built again, and nothing stale kept?', tests(['tools/dev/build/build.int-spec.ts'], 7), 'See tools/dev/build.'),
    quick(2, 'generated', 'Are the typed client, messages and tables those of the code?',
      command('check:generated', { figure: /(\d+) generated documents, 0 stale/, least: 6 }), 'Run `npm run generate`.'),
    quick(4, 'lockfile', 'Does the lock file name every package by one registry and an integrity hash?', command('check:lock')),
  ],
};
