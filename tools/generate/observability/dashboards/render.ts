// Grafana's JSON of a dashboard, made with Grafana's own SDK, so that the compiler holds it against Grafana's types.
import { readFileSync } from 'node:fs';
import * as common from '@grafana/grafana-foundation-sdk/common';
import * as grafana from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import * as stat from '@grafana/grafana-foundation-sdk/stat';
import * as timeseries from '@grafana/grafana-foundation-sdk/timeseries';
import { parse } from 'yaml';
import type { DashboardSource, PanelSource } from './panel';

/** The Prometheus that the viewer chooses: its name differs from one Grafana to the next. */
const prometheus = { type: 'prometheus', uid: '${datasource}' };
const [COLUMNS, HEIGHT] = [24, 8];
const TAG = 'muster';
/** Where runbooks are read unless the chart's values say otherwise, which puts its own in. */
const RUNBOOKS = (parse(readFileSync('charts/muster/values.yaml', 'utf8')) as { rules: { runbooks: string } }).rules.runbooks;

const runbookLink = (name: string): grafana.DashboardLinkBuilder =>
  new grafana.DashboardLinkBuilder(`Runbook: ${name}`).type(grafana.DashboardLinkType.Link).url(`${RUNBOOKS}/${name}.md`).targetBlank(true);

function thresholdsOf({ limit, below }: PanelSource): grafana.ThresholdsConfigBuilder {
  const [first, beyond] = below ? ['red', 'green'] : ['green', 'red'];
  const steps = [{ value: null, color: limit === undefined ? 'green' : first }, ...(limit === undefined ? [] : [{ value: limit, color: beyond }])];
  return new grafana.ThresholdsConfigBuilder().mode(grafana.ThresholdsMode.Absolute).steps(steps);
}

const queriesOf = ({ queries, stat: isStat, exemplars }: PanelSource): DataqueryBuilder[] => queries.map(({ expr, legend }, at) => {
  const query = new DataqueryBuilder().refId(String.fromCharCode('A'.charCodeAt(0) + at)).datasource(prometheus).expr(expr).legendFormat(legend);
  if (isStat) return query.instant();
  return exemplars ? query.range().exemplar(true) : query.range();
});

function lines(source: PanelSource): timeseries.PanelBuilder {
  const legend = new common.VizLegendOptionsBuilder().showLegend(true).displayMode(common.LegendDisplayMode.List).placement(common.LegendPlacement.Bottom).calcs([]);
  const tooltip = new common.VizTooltipOptionsBuilder().mode(common.TooltipDisplayMode.Multi).sort(common.SortOrder.Descending);
  const style = source.limit === undefined ? common.GraphThresholdsStyleMode.Off : common.GraphThresholdsStyleMode.Dashed;
  return new timeseries.PanelBuilder().legend(legend).tooltip(tooltip).min(0).drawStyle(common.GraphDrawStyle.Line).fillOpacity(8)
    .thresholdsStyle(new common.GraphThresholdsStyleConfigBuilder().mode(style));
}

const numbers = (): stat.PanelBuilder =>
  new stat.PanelBuilder().reduceOptions(new common.ReduceDataOptionsBuilder().calcs(['lastNotNull'])).colorMode(common.BigValueColorMode.Background).graphMode(common.BigValueGraphMode.None);

/** Panels are numbered in their order; a link from a runbook names the title, which stays when a panel is moved. */
function panel(source: PanelSource, id: number, width: number): stat.PanelBuilder | timeseries.PanelBuilder {
  return (source.stat ? numbers() : lines(source))
    .id(id).title(source.title).description(source.answers).datasource(prometheus).unit(source.unit).thresholds(thresholdsOf(source))
    .links((source.runbooks ?? []).map(runbookLink)).targets(queriesOf(source)).span(width).height(HEIGHT);
}

/** Where alerts began and ended stands in every panel as a line over its whole height. */
const alerts = (): grafana.AnnotationQueryBuilder =>
  new grafana.AnnotationQueryBuilder().name('Alerts').enable(true).iconColor('red').datasource(prometheus)
    .expr('ALERTS{alertname=~"Muster.*", alertstate="firing", namespace=~"$namespace"}').titleFormat('{{alertname}}').textFormat('{{severity}} {{service}}').tagKeys('severity,service');

export function renderDashboard({ name, title, answers, rows }: DashboardSource): grafana.Dashboard {
  const builder = new grafana.DashboardBuilder(title).uid(name).description(answers).tags([TAG]).timezone('utc').readonly().refresh('30s')
    .time({ from: 'now-3h', to: 'now' }).tooltip(grafana.DashboardCursorSync.Crosshair).annotation(alerts())
    .link(new grafana.DashboardLinkBuilder('Muster').type(grafana.DashboardLinkType.Dashboards).tags([TAG]).asDropdown(true).keepTime(true).includeVars(true))
    .withVariable(new grafana.DatasourceVariableBuilder('datasource').label('Prometheus').type('prometheus'))
    .withVariable(new grafana.QueryVariableBuilder('namespace').label('Namespace').datasource(prometheus).query('label_values(muster_http_requests_in_flight, namespace)')
      .refresh(grafana.VariableRefresh.OnTimeRangeChanged).sort(grafana.VariableSort.AlphabeticalAsc).includeAll(true).allValue('.*').current({ selected: true, text: 'All', value: '$__all' }));
  let id = 0;
  for (const row of rows) {
    builder.withRow(new grafana.RowBuilder(row.title).id((id += 1)));
    const across = Math.min(3, row.panels.length);
    for (const source of row.panels) builder.withPanel(panel(source, (id += 1), COLUMNS / across));
  }
  return builder.build();
}
