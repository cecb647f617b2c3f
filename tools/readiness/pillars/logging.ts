import { inspection, tests, type Pillar } from '../line';
import { queriesHold } from '../inspections/log-queries';

const lines = ['libs/platform/src/logging/request-log.spec.ts'];
const redaction = ['libs/platform/src/logging/redaction.spec.ts'];

export const logging: Pillar = {
  name: 'logging',
  title: 'Logging',
  lines: [
    {
      name: 'json', question: 'Is each request one JSON line of one schema, with route, request and trace?', run: 'quick', risk: 3,
      evidence: tests(lines, 2, /are JSON of one schema|go the same way/), action: 'See libs/platform/src/logging.',
    },
    {
      name: 'redaction', question: 'Does no secret, token or contact reach a line, wherever it came in?', run: 'quick', risk: 5,
      evidence: tests([...redaction, ...lines], 40, /redaction|never hold a secret/), action: 'Add the name to libs/platform/src/logging/redaction.ts.',
    },
    {
      name: 'sampling', question: 'Do lines stand for a share of the unremarkable requests and for each failure?', run: 'quick', risk: 2,
      evidence: tests(lines, 1, /share of the unremarkable/), action: 'See libs/platform/src/logging/install-request-log.ts.',
    },
    {
      name: 'level', question: 'Does LOG_LEVEL decide what is written?', run: 'quick', risk: 2,
      evidence: tests(lines, 1, /obey LOG_LEVEL/), action: 'See libs/platform/src/logging/logger.ts.',
    },
    {
      name: 'request-id', question: 'Does every answer carry a request id that its lines carry too, and is a hostile one replaced?', run: 'quick', risk: 3,
      evidence: tests([...lines, 'libs/platform/src/errors/problems.int-spec.ts'], 3, /request id|inside the handler with its request/),
      action: 'See libs/platform/src/http/guard-rails.ts.',
    },
    {
      name: 'queries', question: 'Do the sample queries for the log store ask for fields and sentences that there are?', run: 'quick', risk: 1,
      evidence: inspection(queriesHold), action: 'Mend the query in docs/observability/LOG-QUERIES.md, or the line that it quotes.',
    },
  ],
};
