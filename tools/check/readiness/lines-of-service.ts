// What holds of the running product: whom it trusts, what it bears, how it is delivered and operated.
import { command, full, pillar, proof, quick, tests, type Aim, type Line, type Row } from './line';

const platform = 'libs/platform/src';
const sessions = 'apps/auth/src/sessions';
const contracts = ['/test/contract.int-spec.ts'];
const crash = { inputs: ['apps', 'libs', 'verification/crash', 'verification/product', 'package-lock.json'] };
const outages = { inputs: ['apps', 'libs', 'charts/muster/files/rules', 'verification/outages', 'verification/crash', 'verification/product', 'package-lock.json'] };
const bench = { inputs: ['apps', 'libs', 'verification/bench', 'verification/product', 'package-lock.json'] };
const images = { inputs: ['Dockerfile', '.dockerignore', 'docker-bake.hcl', 'compose.yaml', 'apps', 'libs', 'frontend', 'tools/dev/setup', 'tools/release/images', 'verification/smoke', 'verification/product', 'package-lock.json'] };
const cluster = { inputs: ['charts', 'Dockerfile', 'apps', 'libs', 'frontend', 'verification/cluster', 'verification/product', 'skaffold.yaml', 'package-lock.json'] };
/** The database of vulnerabilities comes from a container registry. */
const leavesOut = /(?:failed to download|cannot be specified on the first run|DB error|init error)[^\n]{0,60}/i;

/** One run of the cluster harness is the evidence of all of these: each of them by all checks of its own step. */
function onCluster(risk: Line['risk'], name: string, question: string, aims: readonly Aim[] = [], shows: readonly string[] = []): Row {
  const met = (name === 'rolls' ? ['rolls', 'control'] : [name]).map((step): Aim => ({ figure: `${step}NotMet`, most: 0 }));
  return full(risk, name, question, proof('cluster', { aims: [...met, ...aims], shows, needs: ['docker', 'cluster'], minutes: 90 }), cluster);
}

/** One run of the check of charts is the evidence of all of these, each a line of its table. */
const inCharts = (risk: Line['risk'], name: string, question: string, figure: RegExp, least: number): Row => quick(risk, name, question, command('check:charts', { figure, least, part: true }));
const atMost = (figure: string, most: number, tolerance = 0): Aim => ({ figure, most, tolerance });
const atLeast = (figure: string, least: number, tolerance = 0): Aim => ({ figure, least, tolerance });

export const ofService = [
  pillar('security', 'Security',
    quick(5, 'authorization', 'Is every route answered to each kind of caller as its access declares, with no cell missing?', tests(contracts, 60, /who may call/)),
    quick(5, 'guard-removal', 'Is it noticed when a guard is gone?', tests([`${platform}/testing/generated/generated.self.int-spec.ts`], 1, /the guard is gone/)),
    quick(5, 'bad-input', 'Is wrong, huge and hostile input of every route refused at its field or kept byte for byte, never a failure?', tests(contracts, 60, /is sent/)),
    quick(4, 'headers', 'Does every answer carry strict security headers, and are other origins refused?', tests([`${platform}/errors/problems.int-spec.ts`, 'apps/standalone/src/front-door/front-door.int-spec.ts'], 3, /strict headers|no other origin|from here alone/)),
    quick(5, 'tokens', 'Is every forged, altered, expired or foreign token refused (at least 80 kinds)?', tests([`${platform}/auth/token-verifier.spec.ts`], 80, /is refused/)),
    quick(5, 'revocation', 'Is a session that ended refused by every service that has heard of it, and is being cut off survived?', tests([`${platform}/auth/revocations.spec.ts`, `${platform}/auth/access.int-spec.ts`, `${sessions}/refresh.int-spec.ts`], 13, /revocations|session that is over|dead family/)),
    quick(5, 'refresh', 'Is a stolen refresh token noticed, and a retried one answered again?', tests([`${sessions}/refresh.int-spec.ts`, `${sessions}/refresh.rules.spec.ts`, `${sessions}/refresh-token.rules.spec.ts`, `${platform}/http/origins.spec.ts`], 50)),
    quick(5, 'guessing', 'Are at most ten of a thousand parallel guesses evaluated, at each path that gives a token?', tests(['apps/auth/src/gate', `${sessions}/sign-in.int-spec.ts`], 10, /gate|guess/)),
    quick(4, 'enumeration', 'Do existing, unknown and closed accounts get the same answer for the same work?', tests([`${sessions}/sign-in.int-spec.ts`, 'apps/auth/src/sign-up/sign-up.int-spec.ts'], 4, /the same|one hash|no differently/)),
    quick(3, 'throttling', 'Is each account and network limited by class, alone and together?', tests([`${platform}/throttle/throttle.int-spec.ts`], 5)),
    quick(4, 'sockets', 'Does a socket open with a single-use ticket from our own pages only, and end with its session?', tests(['apps/communication/src/sockets/sockets.int-spec.ts'], 15)),
    quick(5, 'erasure', 'Is an erased person gone, and brought back by no later event?', tests(['apps/matching/src/workers/worker-projection.int-spec.ts'], 2, /erased person|tombstone/)),
    full(5, 'canary', 'Is a mark planted in every field found nowhere after erasure?', command('canary'), { later: 'comes with erasure and export over all services' }),
    quick(5, 'leaks', 'Is no secret in the tree or its history?', command('check:leaks', { shows: ['commits', 'files', 'complaints'] })),
    full(4, 'misconfiguration', 'Do Dockerfile and charts keep to Trivy’s rules, and is its search for secrets empty?', command('scan', { arguments: ['files', '--offline'], needs: ['trivy'], minutes: 20 })),
    full(5, 'packages', 'Do packages and configuration have no known fault that is HIGH or CRITICAL?', command('scan', { arguments: ['files'], needs: ['trivy'], leavesOut, minutes: 20 })),
    full(5, 'images', 'Do the images have no known vulnerability that is HIGH or CRITICAL?', command('scan', { arguments: ['images'], needs: ['trivy', 'docker'], leavesOut, minutes: 20 }))),
  pillar('containers', 'Containers',
    quick(3, 'lint', 'Do Dockerfile and compose file keep to the rules: numeric user, pinned base, no secret?', command('check:docker', { shows: ['images', 'services', 'complaints'] })),
    full(2, 'size', 'Are an image’s own layers at most 80 MB over its base?', proof('image:check', { aims: ['auth', 'user', 'matching', 'communication', 'notification', 'web'].map((name) => atMost(`${name}Mb`, 80, 0.1)), needs: ['docker'], minutes: 30 }), images),
    full(4, 'hardened', 'Do images run unprivileged on a read-only root, with node as first process, labels, health check, no secret, and end in order?', proof('image:check', { aims: [atMost('faults', 0), atLeast('images', 6)], shows: ['started'], needs: ['docker'], minutes: 30 }), images),
    full(3, 'reproducible', 'Do two builds without a cache give the same files?', proof('image:check', { arguments: ['--reproducible'], aims: [atMost('faults', 0)], shows: ['images', 'builtTwice'], needs: ['docker'] }), images),
    full(4, 'compose', 'Does `docker compose up --wait` bring the whole product, on which the thread works over https?', proof('smoke:compose', { aims: [atMost('faults', 0), atLeast('steps', 5)], shows: ['upSeconds', 'answers', 'operationsTried'], needs: ['docker'], minutes: 30 }), { inputs: [...images.inputs, 'charts/muster-backing'] })),
  pillar('ci-cd', 'CI/CD',
    quick(3, 'workflows', 'Are the workflows free of faults, with least permissions, and are their scripts commands of package.json?', command('check:workflows', { shows: ['workflows', 'programs', 'complaints'] })),
    quick(4, 'pinned', 'Is every action pinned by its commit?', command('check:workflows', { shows: ['programs', 'seenFailing'] })),
    quick(3, 'updates', 'Are npm, docker, actions and helm kept up to date by Dependabot?', command('check:workflows', { shows: ['complaints'] })),
    quick(4, 'every-change', 'Does CI run the tests, the checks and this report on every change?', command('check:workflows', { shows: ['complaints'] })),
    quick(3, 'release', 'Would a release sign and attest every image and chart by digest, and would production run just those?', proof('release', { arguments: ['rehearse'], needs: ['helm'], shows: ['images', 'charts', 'signed', 'attested', 'imagesByDigest'], minutes: 10 })),
    full(3, 'load-baseline', 'Is each change’s latency and error rate compared with a baseline that is kept?', command('load:baseline', { needs: ['k6'], minutes: 20 }), { inputs: ['apps', 'libs', 'verification/load', 'verification/product', 'package-lock.json'] })),
  pillar('resilience', 'Resilience',
    quick(5, 'drain', 'Does a shutdown lose no request of keep-alive clients, and go in its order?', tests([`${platform}/service/drain.int-spec.ts`], 3)),
    full(5, 'drain-under-load', 'Do the real services end under load without a lost request, where without draining some are lost?', proof('drain', { aims: [atMost('lostByService', 0), atMost('lostByStandalone', 0), atLeast('lostByServiceWithoutDrain', 1), atMost('otherThanExit0', 0)], minutes: 15 }), crash),
    full(5, 'crash', 'Is nothing acknowledged lost, and nothing done twice, over kills of the product?', tests(['verification/crash/crash.int-spec.ts', 'verification/crash/check-history.spec.ts'], 10)),
    full(5, 'crash-many', 'The same, over many random kills of product and database under load?', proof('crash:standalone', { arguments: ['--kills', '200'], aims: [atMost('faults', 0), atLeast('kills', 200), atMost('rulesNotExercised', 0), atMost('databaseLeftTooLong', 0)], shows: ['acknowledged'] }), crash),
    full(5, 'crash-services', 'The same of the five services as two processes each, with their database, broker and counters killed, stopped, wiped and cut off too?', proof('proof:crash', { arguments: ['--kills', '200'], aims: [atMost('faults', 0), atLeast('kills', 200), atMost('rulesNotExercised', 0), atMost('otherThanExit0', 0)], shows: ['acknowledged'], needs: ['toxiproxy-server', 'nats-server', 'redis-server', 'mailpit'] }), crash),
    quick(5, 'carriers', 'Do all carriers deliver each fact once and in order, also when the broker’s whole store is deleted?', tests([`${platform}/messaging/carrier.int-spec.ts`], 10)),
    quick(5, 'events', 'Are facts published only with their change, applied once, parked when they fail, and rebuilt?', tests([`${platform}/messaging/messaging.int-spec.ts`, `${platform}/messaging/relay.int-spec.ts`], 14)),
    quick(4, 'breaker', 'Does a failing or slow dependency meet a breaker, a bulkhead and a deadline?', tests([`${platform}/resilience/outbound-client.int-spec.ts`, `${platform}/resilience/deadline.spec.ts`], 12)),
    quick(4, 'retries', 'Do retries add at most a tenth to the load, however much fails?', tests([`${platform}/resilience/outbound-client.int-spec.ts`, `${platform}/resilience/retry-budget.spec.ts`], 3, /tenth|save up/)),
    quick(4, 'shedding', 'Is load beyond capacity refused by class, with probes kept, and is the service itself again afterwards?', tests([`${platform}/resilience/load-shedding.int-spec.ts`, `${platform}/resilience/admission.rules.spec.ts`], 9)),
    quick(5, 'database', 'Are killed connections, deadlocks and five migrating replicas survived?', tests([`${platform}/database/database.int-spec.ts`, `${platform}/database/channel-listener.int-spec.ts`], 8)),
    quick(3, 'counters', 'Do rate limits go on while Valkey is away or hangs?', tests([`${platform}/throttle/counter-store.int-spec.ts`], 2, /away|hangs/)),
    full(5, 'outages', 'Is the declared degradation seen for each dependency that is down, slow or resetting?', proof('outages', { aims: [atLeast('cells', 100), atMost('otherThanDeclared', 0), atMost('lost', 0), atMost('slowestBackMs', 10_000)], shows: ['acknowledged'], needs: ['toxiproxy-server', 'nats-server', 'redis-server', 'mailpit', 'promtool'], minutes: 30 }), outages),
    quick(4, 'outages-controls', 'Is a cell of the outage matrix that is not as declared found, whatever differs?', tests(['verification/outages/outage.rules.spec.ts'], 13, /finds /)),
    full(4, 'overload', 'Does goodput stay at 90 % of capacity at twice the load, 75 % at ten times?', proof('overload', { aims: [atLeast('goodputAt2', 0.9, 0.1), atLeast('goodputAt5', 0.85, 0.1), atLeast('goodputAt10', 0.75, 0.1), atLeast('classAAt2', 0.999), atMost('p99TimesCapacity', 2, 0.5), atMost('backMs', 10_000), atMost('memoryTimes', 1.5), atMost('lateShare', 0.05), atLeast('controlMissed', 1)], shows: ['capacityPerSecond'], needs: ['k6'], minutes: 20 }), { inputs: ['apps', 'libs', 'verification/load', 'verification/product', 'package-lock.json'] }),
    full(5, 'restore', 'Is a backup taken under writes restored to its very instant, with all sessions and tokens ended and each planted fault refused?', proof('restore:drill', { aims: [atMost('tablesDifferent', 0), atLeast('writesDuringBackup', 1), atLeast('epochsRenewed', 5), atMost('unnoticed', 0)], shows: ['tables', 'rows', 'events', 'backupMB', 'restoreSeconds'], minutes: 15 }), { inputs: ['apps', 'libs', 'verification/restore', 'verification/crash', 'verification/product', 'verification/smoke', 'package-lock.json'] })),
  pillar('performance', 'Performance',
    full(3, 'platform', 'Does the platform cost at most twice the CPU of the bare route (2.2 × with tracing)?', proof('bench:platform', { aims: [atMost('stackTimesNest', 2.0, 0.1), atMost('tracedTimesNest', 2.2, 0.1)], minutes: 40 }), bench),
    full(2, 'start', 'Is a service ready in 1.5 s with ≤ 130 MB, the whole product in 5 s warm and 8 s cold?', proof('bench:start', { aims: [atMost('serviceSeconds', 1.5, 0.1), atMost('serviceMB', 130, 0.1), atMost('warmSeconds', 5, 0.1), atMost('coldSeconds', 8, 0.1), atMost('standaloneMB', 400, 0.1)], minutes: 20 }), bench),
    full(3, 'index', 'Does the index answer exactly, 99 % within 1 ms and 5,000 a second of a core, at a million workers?', proof('bench:search', { aims: [atLeast('engine.2.recall', 1), atMost('engine.2.p99Ms', 1, 0.1), atLeast('engine.2.searchesPerSecond', 5000, 0.1)], minutes: 40 }), bench),
    full(3, 'search', 'Does a search over HTTP cost at most 2 × the bare route that sends the same bytes, beside the index’s own?', proof('bench:search', { aims: [0, 1, 2].map((size) => atMost(`http.${size}.timesNest`, 2, 0.1)), minutes: 40 }), bench),
    quick(2, 'web-app', 'Does the first page need at most 95 kB of JavaScript?', command('build', { workspace: 'frontend', arguments: ['--configLoader', 'runner', '--outDir', 'node_modules/.cache/measured', '--emptyOutDir'], figure: /first visit: ([\d.]+) kB/, most: 95 })),
    full(3, 'logins', 'Are logins ≥ 80 % of what hashing alone allows, and do other routes keep 90 % in a storm of them?', proof('bench:auth'), { later: 'comes with the hardening of sign-in' }),
    full(3, 'sockets', 'Do 10,000 idle sockets need at most 600 MB, and is fan-out half of what the bare library does?', proof('bench:chat'), { later: 'comes with the proof of chat' })),
  pillar('kubernetes', 'Kubernetes',
    inCharts(3, 'golden', 'Are the renders of the whole, with local and with production values, those that were read and committed?', /golden renders of the umbrella\s+(\d+)\s+0\b/, 2),
    inCharts(5, 'policies', 'Does every render keep the policies: Pod Security, network, disruption, scaling, spread, grace, no literal secret?', /helm unittest, with the policies\s+(\d+)\s+0\b/, 60),
    inCharts(4, 'conform', 'Do all objects conform to the schemas of Kubernetes and of the resources used?', /kubeconform, strict and offline\s+(\d+)\s+0\b/, 3),
    inCharts(4, 'bad-values', 'Is every bad values file refused, each for its reason?', /bad values are refused, each for its reason\s+(\d+)\s+0\b/, 20),
    inCharts(4, 'graph', 'Is the declared service graph that of the contracts?', /open connections = service graph\s+(\d+)\s+0\b/, 4),
    inCharts(4, 'charts', 'Does all else hold of the charts: lint, unit tests, and each check against faults planted for it?', /check-charts: (\d+) passed, 0 failed/, 300),
    onCluster(5, 'install', 'Does a fresh install with migrations as hooks come up in a namespace that enforces Pod Security `restricted`?', [atMost('installSeconds', 300, 0.5)]),
    onCluster(5, 'smoke', 'Does the thread of the product work against the pods?', [atLeast('smokeSteps', 1)]),
    onCluster(5, 'network', 'Is what pods can reach exactly the declared service graph, and nothing outside?', [atMost('outsideReached', 0), atLeast('connectionsTried', 100)], ['connectionsOpen', 'connectionsDeclared', 'ingressAlone', 'egressAlone']),
    onCluster(5, 'probes', 'Do probes fail for their own reason only: no pod leaves for a blip of the database, none restarts, a deadlock does?', [atMost('endpointsLostIn5s', 0), atMost('restartsByDatabase', 0)], ['readyFailsAfterSeconds', 'deadlockRestartSeconds']),
    onCluster(5, 'rolls', 'Do ten rolls at 70 % of capacity fail no request, where without draining some fail?', [atMost('rollsFailed', 0), atLeast('rolls', 10), atLeast('controlLost', 1)], ['capacityPerSecond', 'rollRatePerSecond', 'rollsAnswered']),
    onCluster(4, 'drain', 'Does draining a node fail no request, and is it refused once it would take the last pod?', [atMost('drainFailed', 0), atLeast('evicted', 5)], ['drainAnswered']),
    onCluster(5, 'rollback', 'Does a rollback, or an upgrade whose migration fails, leave users served?', [atMost('rollbackFailed', 0)], ['rollbackAnswered', 'checks']),
    full(2, 'skaffold', 'Does `skaffold run` render for staging and production what helm does?', proof('check:skaffold', { shows: ['checks', 'notMet', 'stagingDifferent', 'productionDifferent'], needs: ['skaffold', 'helm'], minutes: 10 }), { inputs: ['charts', 'skaffold.yaml', 'verification/cluster', 'verification/product'] }),
    full(2, 'edit', 'Is an edit of a service served within 10 s by `skaffold dev`, while the others stay?', proof('check:skaffold', { arguments: ['--dev'], aims: [atMost('servedAfterSeconds', 10, 0.5)], needs: ['skaffold', 'docker', 'cluster'], minutes: 40 }), cluster)),
];
