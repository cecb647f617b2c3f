import { spawnSync } from 'node:child_process';
import { runtimeMetricPrefixes } from '@muster/platform/metrics/catalogue';
import { toolOrNotice } from '../../tools/dev/find-tool.mjs';

/** What promtool finds in texts of `/metrics`, by their format; nothing without promtool. */
export function readableByPrometheus(texts: Readonly<Record<string, string>>): string[] {
  const program = toolOrNotice('promtool', 'that Prometheus reads /metrics');
  if (!program) return [];
  return Object.entries(texts).flatMap(([format, input]) => {
    const { status, stderr } = spawnSync(program, ['check', 'metrics'], { input, encoding: 'utf8' });
    // 3 is a matter of style. The names of the runtime's metrics are prom-client's, and known everywhere.
    const said = stderr.trim().split('\n').filter((line) => status !== 3 || !runtimeMetricPrefixes.some((prefix) => line.startsWith(prefix)));
    return status === 0 || said.length === 0 ? [] : [`Prometheus does not take the ${format} text: ${said.join('; ')}`];
  });
}
