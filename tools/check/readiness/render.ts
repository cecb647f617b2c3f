// docs/PRODUCTION-READINESS.md from the table of lines and the record, and nothing else: the same record gives the same bytes.
import { markdownTable } from '../report';
import { commandOf, type Line, type Status } from './line';
import { DAYS_FRESH, gaps, worst, type Result, type Shown, type Standing } from './standing.rules';
import { lines, pillars } from './table';

/** What docs/generated/readiness.json holds: the last result of every line, and how the document shows it. */
export interface Recorded {
  readonly writtenAt: string;
  readonly commit: string;
  readonly machines: Readonly<Record<string, string>>;
  readonly results: Readonly<Record<string, Result>>;
  readonly shown: Readonly<Record<string, Shown>>;
}

export const documentFile = 'docs/PRODUCTION-READINESS.md';
const marks: Readonly<Record<Status, string>> = { GREEN: '🟢 GREEN', YELLOW: '🟡 YELLOW', RED: '🔴 RED' };
const number = (standings: readonly Standing[], status: Status): string => String(standings.filter((one) => one.status === status).length);

export const duration = (seconds: number): string => (seconds < 120 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`);

export function counts(standings: readonly Standing[]): string {
  return `${standings.length} lines: ${(['GREEN', 'YELLOW', 'RED'] as const).map((status) => `${number(standings, status)} ${status}`).join(', ')}`;
}

export function render(record: Recorded): string {
  const shown = (line: Line): Standing => {
    const result = record.results[line.id];
    return { line, ...(record.shown[line.id] ?? { status: 'RED' as const, why: 'never measured' }), ...(result ? { result } : {}) };
  };
  const all = pillars.map(({ title, lines: own }) => ({ title, standings: own.map(shown) }));
  return [
    '# Production readiness',
    `Written by \`npm run readiness\` on ${record.writtenAt || 'no date'} at commit ${record.commit || 'none'}. Questions come from tools/check/readiness, everything else from what the named commands came to.`,
    `**${counts(lines.map(shown))}**`,
    markdownTable(['pillar', 'status', 'GREEN', 'YELLOW', 'RED'], all.map(({ title, standings }) => [
      `[${title}](#${title.toLowerCase().replace(/[^a-z ]/g, '').replaceAll(' ', '-')})`, marks[worst(standings.map(({ status }) => status))],
      number(standings, 'GREEN'), number(standings, 'YELLOW'), number(standings, 'RED'),
    ])),
    '## Gaps',
    'What costs most first: risk (1 an annoyance, 5 data, money or safety) × how far it is from GREEN.',
    markdownTable(['', 'line', 'status', 'risk', 'why', 'decided by'], gaps(lines.map(shown)).map(({ line, status, why }, index) => [
      String(index + 1), line.id, marks[status], String(line.risk), [why, line.later && `later: ${line.later}`].filter(Boolean).join('; '), `\`${commandOf(line)}\``,
    ])),
    ...all.flatMap(({ title, standings }) => [`## ${title}`, markdownTable(['line', 'question', 'status', 'figure', 'decided by', 'when, commit, machine, took'], standings.map(row))]),
    '## Where it was measured',
    markdownTable(['machine', 'what it is'], Object.entries(record.machines)),
    '## How to read it',
    ...rules,
  ].join('\n\n').concat('\n');
}

function row({ line, status, why, result }: Standing): string[] {
  const when = result && `${result.at.slice(0, 10)}, ${result.commit}, ${result.machine}, ${duration(result.seconds)}${result.load ? `, load ${result.load}` : ''}`;
  return [line.id.split('/')[1] ?? '', line.question, marks[status], [result?.figure, why && `(${why})`].filter(Boolean).join(' ') || '—', `\`${commandOf(line)}\``, when ?? '—'];
}

const rules: readonly string[] = [
  [
    `- **GREEN**: the command ran in that run and came to what the question asks for; or the recorded result of its last run says so, is not older than ${DAYS_FRESH} days, and none of the files it depends on has changed since.`,
    '- **YELLOW**: an aim is missed within its stated tolerance; part of the evidence was left out on that machine; or the recorded result is older, or of other files.',
    '- **RED**: it failed, too few tests ran, or the evidence does not exist; a line that is declared to come later is RED all the same.',
  ].join('\n'),
  'A plus behind the commit: with files that were not committed. `load`: the load average of a machine that others used as well, which makes time limits and timings fail that would hold. Tests and checks that `npm test` and `npm run check` ran on the very same tree (a hash of every file) are not run again.',
  '`npm run check:readiness` is for each change: it measures the quick lines in at most five minutes and needs no daemon, and the others stand as recorded. It fails where a line is worse than recorded, or RED without a record and not declared to come later, and when this document is not what docs/generated/readiness.json renders to. `npm run readiness -- --help` names the options.',
];
