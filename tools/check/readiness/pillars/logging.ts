import { inspection, quick, tests, type Pillar } from '../line';
import { queriesHold } from '../inspections/log-queries';

const lines = ['libs/platform/src/logging/request-log.spec.ts'];
const redaction = ['libs/platform/src/logging/redaction.spec.ts'];

export const logging: Pillar = {
  name: 'logging',
  title: 'Logging',
  lines: [
    quick(3, 'json', 'Is each request one JSON line of one schema, with route, request and trace?',
      tests(lines, 2, /are JSON of one schema|go the same way/), 'See libs/platform/src/logging.'),
    quick(5, 'redaction', 'Does no secret, token or contact reach a line, wherever it came in?',
      tests([...redaction, ...lines], 40, /redaction|never hold a secret/), 'Add the name to libs/platform/src/logging/redaction.ts.'),
    quick(2, 'sampling', 'Do lines stand for a share of the unremarkable requests and for each failure?',
      tests(lines, 1, /share of the unremarkable/), 'See libs/platform/src/logging/install-request-log.ts.'),
    quick(2, 'level', 'Does LOG_LEVEL decide what is written?', tests(lines, 1, /obey LOG_LEVEL/), 'See libs/platform/src/logging/logger.ts.'),
    quick(3, 'request-id', 'Does every answer carry a request id that its lines carry too, and is a hostile one replaced?',
      tests([...lines, 'libs/platform/src/errors/problems.int-spec.ts'], 3, /request id|inside the handler with its request/), 'See libs/platform/src/http/guard-rails.ts.'),
    quick(1, 'queries', 'Do the sample queries for the log store ask for fields and sentences that there are?',
      inspection(queriesHold), 'Mend the query in docs/observability/LOG-QUERIES.md, or the line that it quotes.'),
  ],
};
