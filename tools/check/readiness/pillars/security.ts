import { command, full, inspection, quick, tests, type Pillar } from '../line';
import { fileExists } from '../inspections/files';

/** The database of vulnerabilities comes from a container registry. */
const noDatabase = /(?:failed to download|cannot be specified on the first run|DB error|init error)[^\n]{0,60}/i;
const contracts = ['/test/contract.int-spec.ts'];
const sessions = 'apps/auth/src/sessions';

export const security: Pillar = {
  name: 'security',
  title: 'Security',
  lines: [
    quick(5, 'authorization', 'Is every route answered to each kind of caller as its access declares, with no cell missing?',
      tests(contracts, 60, /who may call/), 'Read `npm test -- int contract`.'),
    quick(5, 'guard-removal', 'Is it noticed when a guard is gone?',
      tests(['libs/platform/src/testing/generated/generated.self.int-spec.ts'], 1, /the guard is gone/), 'See libs/platform/src/testing/generated/authorization.ts.'),
    quick(5, 'bad-input', 'Is wrong, huge and hostile input of every route refused at its field or kept byte for byte, never a failure?',
      tests(contracts, 60, /is sent/), 'Read `npm test -- int contract`.'),
    quick(4, 'headers', 'Does every answer carry strict security headers, and are other origins refused?',
      tests(['libs/platform/src/errors/problems.int-spec.ts', 'apps/standalone/src/front-door/front-door.int-spec.ts'], 3, /strict headers|no other origin|from here alone/), 'See libs/platform/src/http/security-headers.ts.'),
    quick(5, 'tokens', 'Is every forged, altered, expired or foreign token refused (at least 80 kinds)?',
      tests(['libs/platform/src/auth/token-verifier.spec.ts'], 80, /is refused/), 'See libs/platform/src/auth/strict-jws.ts.'),
    quick(5, 'revocation', 'Is a session that ended refused by every service that has heard of it, and is being cut off survived?',
      tests(['libs/platform/src/auth/revocations.spec.ts', 'libs/platform/src/auth/access.int-spec.ts', `${sessions}/refresh.int-spec.ts`], 13, /revocations|session that is over|dead family/), 'See libs/platform/src/auth/revocations.ts.'),
    quick(5, 'refresh', 'Is a stolen refresh token noticed, and a retried one answered again?',
      tests([`${sessions}/refresh.int-spec.ts`, `${sessions}/refresh.rules.spec.ts`, `${sessions}/refresh-token.rules.spec.ts`, 'libs/platform/src/http/origins.spec.ts'], 50), 'See apps/auth/src/sessions.'),
    quick(5, 'guessing', 'Are at most ten of a thousand parallel guesses evaluated, at each path that gives a token?',
      tests(['apps/auth/src/gate', `${sessions}/sign-in.int-spec.ts`], 10, /gate|guess/), 'See apps/auth/src/gate.'),
    quick(4, 'enumeration', 'Do existing, unknown and closed accounts get the same answer for the same work?',
      tests([`${sessions}/sign-in.int-spec.ts`, 'apps/auth/src/sign-up/sign-up.int-spec.ts'], 4, /the same|one hash|no differently/), 'See apps/auth/src/accounts.'),
    quick(3, 'throttling', 'Is each account and network limited by class, alone and together?',
      tests(['libs/platform/src/throttle/throttle.int-spec.ts'], 5), 'See libs/platform/src/throttle.'),
    quick(4, 'sockets', 'Does a socket open with a single-use ticket from our own pages only, and end with its session?',
      tests(['apps/communication/src/sockets/sockets.int-spec.ts'], 15), 'See apps/communication/src/sockets.'),
    quick(5, 'erasure', 'Is an erased person gone, and brought back by no later event?',
      tests(['apps/matching/src/search/worker-projection.int-spec.ts'], 2, /erased person|tombstone/), 'Stop at the tombstone in `apply`.'),
    full(5, 'canary', 'Is a mark planted in every field found nowhere after erasure?',
      command('canary', { minutes: 30 }), 'Build the erasure and export canary over all stores.', { later: 'comes with erasure and export over all services' }),
    quick(5, 'leaks', 'Is no secret in the tree or its history?',
      command('check:leaks', { shows: ['commits', 'files', 'complaints'] }), 'Renew the secret that `npm run check:leaks` names, then remove it.'),
    full(4, 'misconfiguration', 'Do Dockerfile and charts keep to Trivy’s rules, and is its search for secrets empty?',
      command('scan', { arguments: ['files', '--offline'], needs: ['tool:trivy'], minutes: 20 }), 'Correct what Trivy names.'),
    full(5, 'packages', 'Do packages and configuration have no known fault that is HIGH or CRITICAL?',
      command('scan', { arguments: ['files'], needs: ['tool:trivy'], leavesOut: noDatabase, minutes: 20 }), 'Update what Trivy names.'),
    full(5, 'images', 'Do the images have no known vulnerability that is HIGH or CRITICAL?',
      command('scan', { arguments: ['images'], needs: ['tool:trivy', 'docker'], leavesOut: noDatabase, minutes: 20 }), 'Renew the base image, update what Trivy names.'),
    quick(2, 'policy', 'Can a finder of a weakness tell somebody?', inspection(fileExists('SECURITY.md')), 'Write SECURITY.md.'),
  ],
};
