// The faults that `npm run readiness -- --plant` puts into a copy of the checkout, and the line that each must turn RED.
export interface Fault {
  readonly line: string;
  readonly what: string;
  readonly edits: readonly Edit[];
  /** Put into the copy before all else: a proof that takes long says at once what it said of the sound product. */
  readonly instead?: readonly Edit[];
}

interface Edit {
  readonly file: string;
  /** Undefined removes the file; a file that is not there is empty. */
  readonly change: (text: string) => string | undefined;
}

/** @returns whether the fault would change nothing, because the code it was made for has changed */
export const findsNoPlace = (before: string, change: Edit['change']): boolean => change(before) === before;

const put = (text: string) => (): string => text;
const add = (text: string) => (before: string): string => before + text;
const gone = (): undefined => undefined;
const swap = (find: string | RegExp, text: string) => (before: string): string => before.replace(find, text);

/** A command of package.json that says something else; what it prints stands in the way of no shell. */
const says = (script: string, json: object): Edit => ({
  file: 'package.json',
  change: (before) => {
    const manifest = JSON.parse(before) as { scripts: Record<string, string> };
    manifest.scripts[script] = `echo '${JSON.stringify(json)}'`;
    return `${JSON.stringify(manifest, null, 2)}\n`;
  },
});

const platform = 'libs/platform/src';

export const faults: readonly Fault[] = [
  { line: 'build/unused', what: 'a file that nobody needs', edits: [{ file: `${platform}/kernel/nobody-needs-this.ts`, change: put('export const idle = 1;\n') }] },
  { line: 'build/unused', what: 'an export of a service that nobody takes', edits: [{ file: 'apps/user/src/config.ts', change: add('\nexport const idle = 1;\n') }] },
  { line: 'build/walls', what: 'a service that imports another', edits: [{ file: 'apps/user/src/config.ts', change: add("\nexport { config as others } from '../../auth/src/config';\n") }] },
  { line: 'build/suppressions', what: 'a suppression without a reason', edits: [{ file: `${platform}/kernel/ids.ts`, change: add(`\n// @ts-${'ignore'}\n`) }] },
  { line: 'build/generated', what: 'a table that was edited by hand', edits: [{ file: 'docs/generated/ROUTES.md', change: add('by hand\n') }] },
  { line: 'testing/compatible', what: 'a route of the last release that is gone', edits: [{ file: 'docs/generated/release-contracts.json', change: swap('"auth.confirmSignUp":', '"auth.confirmedBefore":') }] },
  { line: 'configuration/example', what: 'a variable missing in .env.example', edits: [{ file: '.env.example', change: swap(/^# PORT=.*\n/m, '') }] },
  { line: 'configuration/faults', what: 'a service that names only the first fault', edits: [{ file: `${platform}/config/define-config.ts`, change: swap('parsed.error?.issues ?? []', 'parsed.error?.issues.slice(0, 1) ?? []') }] },
  { line: 'logging/redaction', what: 'tokens let into log lines', edits: [{ file: `${platform}/logging/redaction.ts`, change: swap("'token', ", '') }] },
  { line: 'metrics/catalogue', what: 'a metric that the catalogue does not name', edits: [{ file: `${platform}/metrics/catalogue.ts`, change: swap(/(gauge|counter)\('muster_/, "$1('other_muster_") }] },
  { line: 'metrics/alerts', what: 'a lag that nobody is told of', edits: [{ file: 'charts/muster/files/rules/causes.yaml', change: swap('(muster_event_lag_seconds) > 60', '(muster_event_lag_seconds) > 600') }] },
  { line: 'documentation/runbooks', what: 'a runbook that is gone', edits: [{ file: 'docs/runbooks/events-lag.md', change: gone }] },
  { line: 'logging/queries', what: 'a query for a field that no line has', edits: [{ file: 'docs/observability/LOG-QUERIES.md', change: swap(/^requestId/m, 'requestNumber') }] },
  { line: 'metrics/probes', what: 'a ready probe that says 200 when it is not ready', edits: [{ file: `${platform}/health/health.controller.ts`, change: swap("if (result.status !== 'ok') reply.status(503);", '') }] },
  { line: 'testing/planted', what: 'tests of the generated suites that are gone', edits: [{ file: `${platform}/testing/generated/generated.self.int-spec.ts`, change: gone }] },
  { line: 'security/authorization', what: 'a guard that no longer asks for the role', edits: [{ file: `${platform}/auth/access.guard.ts`, change: swap('access.roles.length > 0 &&', 'access.roles.length > 99 &&') }] },
  { line: 'security/tokens', what: 'further headers of a token let through', edits: [{ file: `${platform}/auth/strict-jws.ts`, change: swap("if (Object.keys(header).sort().join() !== 'alg,kid,typ') throw new BadToken('header fields');", '') }] },
  { line: 'security/leaks', what: 'a private key in the tree', edits: [{ file: 'docs/key.pem', change: put(`-----BEGIN ${'EC'} PRIVATE KEY-----\nMHcCAQEEIIGz8Y0l2n6b1v5cV0m7r5nZk3w9q2o8XyT4sLhJpR6dAoAoGCCqGSM49\nAwEHoUQDQgAEq7xT1n3Zb8uYvKc5W2d9mLh4sR0pXgJ6fN1tQeVwBzYkCaUoI3Ml\n-----END ${'EC'} PRIVATE KEY-----\n`) }] },
  { line: 'ci-cd/pinned', what: 'an action by its tag', edits: [{ file: '.github/workflows/planted.yml', change: put('on: push\njobs:\n  one:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n') }] },
  { line: 'ci-cd/updates', what: 'Dependabot without helm', edits: [{ file: '.github/dependabot.yml', change: swap(/package-ecosystem: ["']?helm["']?/g, 'package-ecosystem: gomod') }] },
  { line: 'ci-cd/release', what: 'a chart of another version than the rest', edits: [{ file: 'charts/auth/Chart.yaml', change: swap(/^version: .*$/m, 'version: 99.0.0') }] },
  { line: 'documentation/commands', what: 'a document that names a command which is none', edits: [{ file: 'README.md', change: add('\nThen `npm run everything-at-once`.\n') }] },
  { line: 'documentation/links', what: 'a link to nothing', edits: [{ file: 'docs/ARCHITECTURE.md', change: add('\n[more](MORE.md)\n') }] },
  { line: 'documentation/decisions', what: 'a decision that is not enforced', edits: [{ file: 'docs/adr/0012-shutdown-has-one-owner.md', change: swap('**Enforced by**', '**Hoped for**') }] },
  { line: 'resilience/drain', what: 'no `Connection: close` while draining', edits: [{ file: `${platform}/http/guard-rails.ts`, change: swap("if (rails.draining()) void reply.header('connection', 'close');", '') }] },
  { line: 'resilience/retries', what: 'retries that nobody pays for', edits: [{ file: `${platform}/resilience/retry-budget.ts`, change: swap('this.tokens -= 1;', '') }] },
  {
    line: 'performance/platform', what: 'a cost beyond the aim, in a proof that says it is met',
    instead: [says('bench:platform', { name: 'platform', figures: { stackTimesNest: 1.2, tracedTimesNest: 1.2 }, aims: {}, met: true })],
    edits: [says('bench:platform', { name: 'platform', figures: { stackTimesNest: 9.9, tracedTimesNest: 1.2 }, aims: {}, met: true })],
  },
  {
    line: 'resilience/drain-under-load', what: 'a proof that ends without figures',
    instead: [says('drain', { name: 'drain', figures: { lostByService: 0, lostByStandalone: 0, lostByServiceWithoutDrain: 3, otherThanExit0: 0 }, aims: {}, met: true })],
    edits: [says('drain', { name: 'drain', met: true })],
  },
  {
    line: 'kubernetes/rolls', what: 'rolls that lost nothing, by a control that lost nothing either',
    instead: [says('cluster', { name: 'cluster', figures: { rolls: 10, rollsFailed: 0, rollsNotMet: 0, controlLost: 7, controlNotMet: 0 }, aims: {}, met: true })],
    edits: [says('cluster', { name: 'cluster', figures: { rolls: 10, rollsFailed: 0, rollsNotMet: 0, controlLost: 0, controlNotMet: 0 }, aims: {}, met: true })],
  },
  { line: 'kubernetes/golden', what: 'a probe dropped from every pod', edits: [{ file: 'charts/platform/templates/_deployment.tpl', change: swap(/livenessProbe:/g, 'livenessProbeOff:') }] },
  { line: 'configuration/compose', what: 'a schema that asks for a variable nobody gives', edits: [{ file: 'apps/auth/src/config.ts', change: swap('env: {', "env: {\n    FAX_NUMBER: z.string().describe('Where to send what nobody reads'),") }] },
];
