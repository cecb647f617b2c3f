// The dashboards of Muster, as committed JSON beside the chart that packs them, and the page that lists them.
import { serviceNames } from '@muster/contracts/kernel/ids';
import { markdownTable } from '../../../check/report';
import { compactJson } from '../../charts/compact';
import { page } from '../../docs/pages';
import { business } from './business';
import { events } from './events';
import { overview } from './overview';
import type { DashboardSource } from './panel';
import { renderDashboard } from './render';
import { runtime } from './runtime';
import { serviceDashboard } from './service';

export const DASHBOARDS = 'charts/muster/files/dashboards';
const dashboards: readonly DashboardSource[] = [overview, ...serviceNames.map(serviceDashboard), events, runtime, business];
/** A panel's parts are lines; what lies deeper stays on one. */
const DEPTH = 3;

/** The SDK's objects carry functions, which JSON has not. */
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;

export function dashboardFiles(): Record<string, string> {
  return Object.fromEntries(dashboards.map((source) => [`${DASHBOARDS}/${source.name}.json`, `${compactJson(asJson(renderDashboard(source)), DEPTH)}\n`]));
}

const runbookLinks = (names: readonly string[] = []): string => names.map((name) => `[${name}](../runbooks/${name}.md)`).join(' ');

/** Every panel with what it answers. */
export function dashboardsPage(): string {
  return page(
    'Dashboards',
    'Generated with Grafana’s SDK from tools/generate/observability/dashboards, packed by the chart for Grafana’s sidecar and mounted by compose’s profile `watch`. `npm run check:dashboards` asks every query of a Prometheus that scraped a running Muster.',
    markdownTable(['dashboard', 'the question', 'panels'], dashboards.map(({ title, answers, rows }) => [title, answers, String(rows.flatMap((row) => row.panels).length)])),
    ...dashboards.flatMap(({ title, rows }) => [
      `## ${title}`,
      markdownTable(['row', 'panel', 'what it answers', 'limit', 'runbooks'], rows.flatMap((row) => row.panels.map((one) => [
        row.title, one.title, one.answers, one.limit === undefined ? '' : `${one.below ? 'below' : 'from'} ${one.limit} ${one.unit === 's' ? 's' : ''}`.trim(), runbookLinks(one.runbooks),
      ]))),
    ]),
  );
}
