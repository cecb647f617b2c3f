import { command, inspection, tests, type Pillar } from '../line';
import { fileExists } from '../inspections/files';

/** The database of vulnerabilities comes from a container registry. */
const noDatabase = /(?:failed to download|cannot be specified on the first run|DB error|init error)[^\n]{0,60}/i;
const contracts = ['/test/contract.int-spec.ts'];
const sessions = 'apps/auth/src/sessions';

export const security: Pillar = {
  name: 'security',
  title: 'Security',
  lines: [
    {
      name: 'authorization', question: 'Is every route answered to each kind of caller as its access declares, with no cell missing?', run: 'quick', risk: 5,
      evidence: tests(contracts, 60, /who may call/), action: 'Read `npm test -- int contract`.',
    },
    {
      name: 'guard-removal', question: 'Is it noticed when a guard is gone?', run: 'quick', risk: 5,
      evidence: tests(['libs/platform/src/testing/generated/generated.self.int-spec.ts'], 1, /the guard is gone/), action: 'See libs/platform/src/testing/generated/authorization.ts.',
    },
    {
      name: 'bad-input', question: 'Is wrong, huge and hostile input of every route refused at its field or kept byte for byte, never a failure?', run: 'quick', risk: 5,
      evidence: tests(contracts, 60, /is sent/), action: 'Read `npm test -- int contract`.',
    },
    {
      name: 'headers', question: 'Does every answer carry strict security headers, and are other origins refused?', run: 'quick', risk: 4,
      evidence: tests(['libs/platform/src/errors/problems.int-spec.ts', 'apps/standalone/src/front-door/front-door.int-spec.ts'], 3, /strict headers|no other origin|from here alone/),
      action: 'See libs/platform/src/http/security-headers.ts.',
    },
    {
      name: 'tokens', question: 'Is every forged, altered, expired or foreign token refused (at least 80 kinds)?', run: 'quick', risk: 5,
      evidence: tests(['libs/platform/src/auth/token-verifier.spec.ts'], 80, /is refused/), action: 'See libs/platform/src/auth/strict-jws.ts.',
    },
    {
      name: 'revocation', question: 'Is a session that ended refused by every service that has heard of it, and is being cut off survived?', run: 'quick', risk: 5,
      evidence: tests(['libs/platform/src/auth/revocations.spec.ts', 'libs/platform/src/auth/access.int-spec.ts', `${sessions}/refresh.int-spec.ts`], 13, /revocations|session that is over|dead family/),
      action: 'See libs/platform/src/auth/revocations.ts.',
    },
    {
      name: 'refresh', question: 'Is a stolen refresh token noticed, and a retried one answered again?', run: 'quick', risk: 5,
      evidence: tests([`${sessions}/refresh.int-spec.ts`, `${sessions}/refresh.rules.spec.ts`, `${sessions}/refresh-token.rules.spec.ts`, 'libs/platform/src/http/origins.spec.ts'], 50),
      action: 'See apps/auth/src/sessions.',
    },
    {
      name: 'guessing', question: 'Are at most ten of a thousand parallel guesses evaluated, at each path that gives a token?', run: 'quick', risk: 5,
      evidence: tests(['apps/auth/src/gate', `${sessions}/sign-in.int-spec.ts`], 10, /gate|guess/), action: 'See apps/auth/src/gate.',
    },
    {
      name: 'enumeration', question: 'Do existing, unknown and closed accounts get the same answer for the same work?', run: 'quick', risk: 4,
      evidence: tests([`${sessions}/sign-in.int-spec.ts`, 'apps/auth/src/accounts/sign-up.int-spec.ts'], 4, /the same|one hash|no differently/), action: 'See apps/auth/src/accounts.',
    },
    {
      name: 'throttling', question: 'Is each account and network limited by class, alone and together?', run: 'quick', risk: 3,
      evidence: tests(['libs/platform/src/throttle/throttle.int-spec.ts'], 5), action: 'See libs/platform/src/throttle.',
    },
    {
      name: 'sockets', question: 'Does a socket open with a single-use ticket from our own pages only, and end with its session?', run: 'quick', risk: 4,
      evidence: tests(['apps/communication/src/sockets/sockets.int-spec.ts'], 15), action: 'See apps/communication/src/sockets.',
    },
    {
      name: 'erasure', question: 'Is an erased person gone, and brought back by no later event?', run: 'quick', risk: 5,
      evidence: tests(['apps/matching/src/search/worker-projection.int-spec.ts'], 2, /erased person|tombstone/), action: 'Stop at the tombstone in `apply`.',
    },
    {
      name: 'canary', question: 'Is a mark planted in every field found nowhere after erasure?', run: 'full', risk: 5,
      evidence: command('canary', { minutes: 30 }), action: 'Build the erasure and export canary over all stores.', later: 'comes with erasure and export over all services',
    },
    {
      name: 'leaks', question: 'Is no secret in the tree or its history?', run: 'quick', risk: 5,
      evidence: command('check:leaks', { shows: ['commits', 'files', 'complaints'] }), action: 'Renew the secret that `npm run check:leaks` names, then remove it.',
    },
    {
      name: 'misconfiguration', question: 'Do Dockerfile and charts keep to Trivy’s rules, and is its search for secrets empty?', run: 'full', risk: 4,
      evidence: command('scan', { arguments: ['files', '--offline'], needs: ['tool:trivy'], minutes: 20 }), action: 'Correct what Trivy names.',
    },
    {
      name: 'packages', question: 'Do packages and configuration have no known fault that is HIGH or CRITICAL?', run: 'full', risk: 5,
      evidence: command('scan', { arguments: ['files'], needs: ['tool:trivy'], leavesOut: noDatabase, minutes: 20 }), action: 'Update what Trivy names.',
    },
    {
      name: 'images', question: 'Do the images have no known vulnerability that is HIGH or CRITICAL?', run: 'full', risk: 5,
      evidence: command('scan', { arguments: ['images'], needs: ['tool:trivy', 'docker'], leavesOut: noDatabase, minutes: 20 }), action: 'Renew the base image, update what Trivy names.',
    },
    {
      name: 'policy', question: 'Can a finder of a weakness tell somebody?', run: 'quick', risk: 2,
      evidence: inspection(fileExists('SECURITY.md')), action: 'Write SECURITY.md.',
    },
  ],
};
