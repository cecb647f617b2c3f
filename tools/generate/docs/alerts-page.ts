import { alerts } from '../observability/alerts';
import { LEAST_RATE, objectives } from '../observability/objectives';
import { alertNames, burns, runbookOf } from '../observability/rules';
import { page, table } from './pages';

const link = (runbook: string): string => `[${runbook}](../runbooks/${runbook}.md)`;

/** What is promised of each service, when its error budget burns too fast, and every other alert. */
export function alertsPage(): string {
  const promised = objectives.map((one) => [one.service, one.name, one.promise, `\`${alertNames[one.name]}\``, link(runbookOf(one))]);
  const burning = burns.map(({ severity, factor, short, long }) => [`${factor} ×`, short, long, severity]);
  const causes = [...new Map(alerts.map((one) => [one.name, one])).values()].map(({ name, severity, for: lasting, expr, summary, runbook }) => [
    `\`${name}\``, severity, lasting, `\`${name === 'MusterServiceGone' ? expr.replace(/service="\w+"/, 'service="…"') : expr}\``, summary.replaceAll(/\{\{ (.*?) \}\}/g, '‹$1›'), link(runbook),
  ]);
  return page(
    'Objectives and alerts',
    'A page wakes somebody, a ticket waits for the next working day. [How to use the runbooks](../runbooks/README.md).',
    '## Promised over thirty days, of people’s requests',
    table(['service', 'objective', 'promise', 'alert', 'runbook'], promised),
    `An alert of an objective fires when its error budget burns at one of these rates, seen over both windows. Below ${LEAST_RATE} requests a second a ratio is taken as if there were so many.`,
    table(['rate', 'short window', 'long window', 'severity'], burning),
    '## Causes',
    table(['alert', 'severity', 'for', 'expression', 'says', 'runbook'], causes),
  );
}
