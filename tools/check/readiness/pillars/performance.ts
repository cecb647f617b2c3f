import { command, full, proof, quick, type Pillar } from '../line';

const inputs = ['apps', 'libs', 'verification/bench', 'verification/product', 'package-lock.json'];
const search = (name: string, question: string, aims: NonNullable<Parameters<typeof proof>[1]>['aims'], action: string): Pillar['lines'][number] =>
  full(3, name, question, proof('bench:search', { ...(aims ? { aims } : {}), minutes: 40 }), action, { inputs });

export const performance: Pillar = {
  name: 'performance',
  title: 'Performance',
  lines: [
    full(3, 'platform', 'Does the platform cost at most twice the CPU of the bare route (2.2 × with tracing)?',
      proof('bench:platform', { aims: [{ figure: 'stackTimesNest', most: 2.0, tolerance: 0.1 }, { figure: 'tracedTimesNest', most: 2.2, tolerance: 0.1 }], minutes: 40 }), 'See what each part costs: npm run bench:platform -- --profile DIR.', { inputs }),
    full(2, 'start', 'Is a service ready in 1.5 s with ≤ 130 MB, the whole product in 5 s warm and 8 s cold?',
      proof('bench:start', { aims: [{ figure: 'serviceSeconds', most: 1.5, tolerance: 0.1 }, { figure: 'serviceMB', most: 130, tolerance: 0.1 }, { figure: 'warmSeconds', most: 5, tolerance: 0.1 }, { figure: 'coldSeconds', most: 8, tolerance: 0.1 }, { figure: 'standaloneMB', most: 400, tolerance: 0.1 }], minutes: 20 }), 'See what is loaded before the first answer needs it.', { inputs }),
    search('index', 'Does the index answer exactly, 99 % within 1 ms and 5,000 a second of a core, at a million workers?',
      [{ figure: 'engine.2.recall', least: 1 }, { figure: 'engine.2.p99Ms', most: 1, tolerance: 0.1 }, { figure: 'engine.2.searchesPerSecond', least: 5000, tolerance: 0.1 }],
      'See apps/matching/src/search/worker-index.ts.'),
    search('search', 'Does a search over HTTP cost at most 1.8 × the bare route that sends the same bytes, beside the index’s own?',
      [0, 1, 2].map((size) => ({ figure: `http.${size}.timesNest`, most: 1.8, tolerance: 0.1 })), 'See the parts in docs/BENCHMARKS.md.'),
    quick(2, 'web-app', 'Does the first page need at most 95 kB of JavaScript?',
      command('build', { workspace: 'frontend', arguments: ['--configLoader', 'runner', '--outDir', 'node_modules/.cache/measured', '--emptyOutDir'], figure: /first visit: ([\d.]+) kB/, most: 95 }), 'See what the build prints: load it later.'),
    full(3, 'logins', 'Are logins ≥ 80 % of what hashing alone allows, and do other routes keep 90 % in a storm of them?',
      proof('bench:auth', { minutes: 40 }), 'Build the login benchmark.', { later: 'comes with the hardening of sign-in' }),
    full(3, 'sockets', 'Do 10,000 idle sockets need at most 600 MB, and is fan-out half of what the bare library does?',
      proof('bench:chat', { minutes: 40 }), 'Build the socket benchmark.', { later: 'comes with the proof of chat' }),
  ],
};
