// docs/PRODUCTION-READINESS.md from the table of lines and the record, and nothing else: the same record gives the same bytes.
import { commandOf, type Status } from './line';
import type { Recorded } from './record';
import { DAYS_FRESH, gaps, worst, type Standing } from './standing.rules';
import { entries, pillars, type Entry } from './table';

export const documentFile = 'docs/PRODUCTION-READINESS.md';
const marks: Readonly<Record<Status, string>> = { GREEN: '🟢 GREEN', YELLOW: '🟡 YELLOW', RED: '🔴 RED' };

export function render(record: Recorded): string {
  const standings = entries.map((entry) => shown(entry, record));
  const of = (name: string): Standing[] => standings.filter(({ id }) => id.startsWith(`${name}/`));
  const blocks = pillars.map(({ name, title, lines }) => [`## ${title}`, matrix(of(name)), ...(lines.length === 0 ? ['No lines.'] : [])].join('\n\n'));
  return [
    '# Production readiness',
    `Written by \`npm run readiness\` on ${record.writtenAt || 'no date'} at commit ${record.commit || 'none'}. ` +
      'Questions come from tools/check/readiness, everything else from what the named commands came to.',
    `**${counts(standings)}**`,
    summary(of),
    '## Gaps and actions',
    'What costs most first: risk (1 an annoyance, 5 data, money or safety) × how far it is from GREEN.',
    gapTable(standings),
    ...blocks,
    '## Where it was measured',
    machineTable(record),
    '## How to read it',
    ...rules,
  ].join('\n\n').concat('\n');
}

function shown({ id, line }: Entry, record: Recorded): Standing {
  const result = record.results[id];
  const now = record.shown[id];
  if (!now) return { id, line, status: 'RED', figure: '', why: 'never measured' };
  return { id, line, ...now, figure: result?.figure ?? '', ...(result ? { result } : {}) };
}

export function counts(standings: readonly Standing[]): string {
  const number = (status: Status): number => standings.filter((one) => one.status === status).length;
  return `${standings.length} lines: ${number('GREEN')} GREEN, ${number('YELLOW')} YELLOW, ${number('RED')} RED`;
}

function summary(of: (pillar: string) => Standing[]): string {
  const rows = pillars.map(({ name, title }) => {
    const all = of(name);
    const number = (status: Status): string => String(all.filter((one) => one.status === status).length);
    return [`[${title}](#${title.toLowerCase().replace(/[^a-z ]/g, '').replaceAll(' ', '-')})`, marks[worst(all.map(({ status }) => status))], number('GREEN'), number('YELLOW'), number('RED')];
  });
  return table(['pillar', 'status', 'GREEN', 'YELLOW', 'RED'], rows);
}

function matrix(standings: readonly Standing[]): string {
  const rows = standings.map(({ id, line, status, figure, why, result }) => [
    `${line.name}`, line.question, marks[status], [figure, why && `(${why})`].filter(Boolean).join(' ') || '—', `\`${commandOf(id, line.evidence)}\``,
    result ? `${result.at.slice(0, 10)}, ${result.commit}, ${result.machine}, ${duration(result.seconds)}${result.load ? `, load ${result.load}` : ''}` : '—',
  ]);
  return table(['line', 'question', 'status', 'figure', 'decided by', 'when, commit, machine, took'], rows);
}

function gapTable(standings: readonly Standing[]): string {
  const rows = gaps(standings).map(({ id, line, status, why, result }, index) => [
    String(index + 1), id, marks[status], String(line.risk), [why, line.later && `later: ${line.later}`].filter(Boolean).join('; '),
    result || line.later ? line.action : `Measure it: \`${commandOf(id, line.evidence)}\`.`,
  ]);
  return rows.length > 0 ? table(['', 'line', 'status', 'risk', 'why', 'action'], rows) : 'None.';
}

function machineTable({ machines }: Recorded): string {
  return table(['machine', 'what it is'], Object.entries(machines).map(([name, what]) => [name, what]));
}

function table(columns: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replace(/\s+/g, ' ').replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(columns), `|${columns.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

export function duration(seconds: number): string {
  return seconds < 120 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}

const rules: readonly string[] = [
  [
    '- **GREEN**: the command ran in that run and came to what the question asks for; or, for what takes long or needs a container daemon, a cluster or a tool that the machine lacks, ' +
      `the recorded result of its last run says so, is not older than ${DAYS_FRESH} days, and none of the files it depends on has changed since.`,
    '- **YELLOW**: an aim is missed within its stated tolerance; part of the evidence was left out on that machine; or the recorded result is older, or of other files.',
    '- **RED**: it failed, too few tests ran, or the evidence does not exist.',
  ].join('\n'),
  'A plus behind the commit: with files that were not committed. `load`: the load average of a machine that others used as well, which makes time limits and timings fail that would hold. Tests and checks that `npm test` and `npm run check` ran on the very same tree (a hash of every file) are not run again.',
  [
    '`npm run readiness` measures every line and writes this document; its exit status is 1 when a line is RED. `--only <pillar or line>` measures a part and keeps the rest as recorded, ' +
      '`--stale` what is not on record for these files, `--strict` fails on everything that is not GREEN, `--list` names the lines.',
    '`npm run check:readiness` (`--quick`) is for each change: it measures the quick lines in at most five minutes and needs no daemon; the others stand as recorded. ' +
      'It writes only when told to (`--write`). It fails on a regression (a line measured in that run that is worse than recorded, or RED without a record and not declared to come later), ' +
      'and when this document is not what docs/generated/readiness.json renders to. A line that is declared to come later is RED all the same.',
    '`npm run readiness -- --plant` breaks a copy of the checkout on purpose, one fault after the other, and fails unless the line of each turns RED.',
  ].join('\n\n'),
];
