// What runbooks say of dashboards and metrics, held against both: the panels that they send somebody to, who is woken and
// has not read the code, and the queries that are to be asked.
import { readFileSync } from 'node:fs';
import { guidesOf, panelsOf, type Dashboard } from './dashboard-faults';
import { faultsOfExpr, runbooks } from './rule-faults';

export interface Runbook { readonly file: string; readonly text: string }

export const readRunbooks = (): Runbook[] => runbooks().map((file) => ({ file, text: readFileSync(file, 'utf8') }));

/** “Lag” and “Waiting” of **Muster / Events**; `<Service>` stands for the dashboard of each service. */
const named = /((?:“[^”]+”(?:, | and )?)+) of \*\*Muster \/ (`<Service>`|\w+)\*\*/g;

function panelFaults({ file, text }: Runbook, all: readonly Dashboard[]): string[] {
  const mentions = [...text.matchAll(named)].flatMap(([, titles = '', dashboard = '']) => [...titles.matchAll(/“([^”]+)”/g)].map(([, title = '']) => ({ title, dashboard })));
  if (mentions.length === 0) return [`${file} sends nobody to a panel: begin “Look first” with “…” of **Muster / …**`];
  return mentions.flatMap(({ title, dashboard }) => {
    const asked = all.filter((one) => (dashboard === '`<Service>`' ? one.panels.some((panel) => panel.title === 'Failing by route') : one.title === `Muster / ${dashboard}`));
    const shows = asked.length > 0 && asked.every((one) => panelsOf(one).some((panel) => panel.title === title && guidesOf(panel).includes(file)));
    return shows ? [] : [`${file} sends somebody to “${title}” of Muster / ${dashboard}, which is not there or does not lead back: see docs/generated/DASHBOARDS.md`];
  });
}

/** Lines of their own that no shell takes, and what reads like a query within a sentence. */
export function queriesOf({ text }: Pick<Runbook, 'text'>): string[] {
  const lines = [...text.matchAll(/^ {4}(\S.*)$/gm)].map(([, line = '']) => line).filter((line) => !/^(?:kubectl|helm) /.test(line));
  const within = [...text.replaceAll(/^ {4}.*$/gm, '').matchAll(/`([^`]+)`/g)].map(([, code = '']) => code).filter((code) => /^(?:(?:sum|max|min|count|rate|topk|histogram_quantile)\b.*\(|(?:slo:|muster_|http_)[a-z_:0-9]+(?:$|[{ ]))/.test(code));
  return [...lines, ...within];
}

export function runbookTextFaults(all: readonly Dashboard[], books = readRunbooks()): string[] {
  return books.flatMap((book) => [
    ...panelFaults(book, all),
    ...queriesOf(book).flatMap((expr) => faultsOfExpr({ alert: book.file, expr })).map((fault) => `${fault}: see docs/generated/METRICS.md`),
  ]);
}

const changed = (from: string, to: string) => (books: readonly Runbook[]): Runbook[] => books.map(({ file, text }) => ({ file, text: text.replaceAll(from, to) }));
export const runbookPlants: ReadonlyArray<readonly [what: string, fault: RegExp, change: (books: readonly Runbook[]) => Runbook[]]> = [
  ['a runbook that names no panel', /sends nobody to a panel/, changed('**Muster /', '**Elsewhere /')],
  ['a runbook that names a panel that is not there', /sends somebody to “Backlog” of Muster \/ Events/, changed('“Lag”', '“Backlog”')],
  ['a runbook that names a panel of something else', /which is not there or does not lead back/, changed('“Parked”', '“Lag”')],
  ['a runbook that asks for a metric that nobody exports', /reads muster_lag, which no service exports/, changed('muster_event_lag_seconds', 'muster_lag')],
];
