import { Rule, groupBy, same, type Evidence, type Verdict } from './verdict';

/** Those whose answer is a fact and not the present state of a thing. */
const lasting = ['describeJob', 'sendInvite', 'sendMessage'];

export function checkAnswers({ history, stores }: Evidence): Verdict[] {
  const repeats = new Rule('the same key has the same answer');
  for (const attempts of groupBy(history.filter(({ op, outcome }) => lasting.includes(op) && outcome === 'ok'), ({ key }) => key).values()) {
    if (attempts.length < 2) continue;
    repeats.expect(attempts.every(({ answer }) => same(answer, attempts[0]?.answer)), () => `${attempts[0]?.op} ${attempts[0]?.key}: ${attempts.map(({ answer }) => JSON.stringify(answer).slice(0, 90)).join(' / ')}`);
  }
  const refusals = new Rule('every refusal is a problem, and none is a fault of the service');
  for (const { op, status, code } of history) {
    if (status === undefined || status < 400) continue;
    refusals.expect(code !== 'not a problem' && (status < 500 || status === 503), () => `${op} was answered ${status} ${code}`);
  }
  const sessions = new Rule('no session was ended by a repeated refresh');
  for (const session of stores.domain.sessions) sessions.expect(session.ended_because === null, () => `session ${session.session_id} ended: ${session.ended_because}`);
  return [repeats.verdict, refusals.verdict, sessions.verdict];
}
