import { conclusions } from './history';
import { Rule, groupBy, type Evidence, type Verdict } from './verdict';

export function checkMessages(evidence: Evidence): Verdict[] {
  return [once(evidence), order(evidence)];
}

/** Acknowledged: once, with the sequence that was answered, where both can read it. Never attempted: nowhere. */
function once({ history, stores: { domain } }: Evidence): Verdict {
  const rule = new Rule('every message exactly once');
  const sent = history.filter(({ op }) => op === 'sendMessage');
  const attempted = new Map(sent.map((attempt) => [attempt.key, attempt.about['text']]));
  const messages = groupBy(domain.messages, ({ client_id }) => client_id);
  const members = groupBy(domain.members, ({ conversation_id }) => conversation_id);
  for (const [clientId, copies] of messages) {
    rule.expect(copies.length === 1, () => `${clientId} is there ${copies.length} times`);
    rule.expect(attempted.get(clientId) === copies[0]?.text, () => `${clientId} is not what anybody wrote`);
  }
  for (const { outcome, about, answer, key } of conclusions(sent)) {
    if (outcome !== 'ok') continue;
    const conversation = String(about['conversationId']);
    const isThere = messages.get(key)?.some((row) => row.conversation_id === conversation && row.sequence === answer?.['sequence']) ?? false;
    const readers = members.get(conversation)?.length ?? 0;
    rule.expect(isThere && readers === 2, () => `message ${key} with sequence ${String(answer?.['sequence'])} is ${isThere ? 'there' : 'gone'}, for ${readers} of 2 readers`);
  }
  return rule.verdict;
}

function order({ stores: { domain } }: Evidence): Verdict {
  const rule = new Rule('message order is one, its sequence has no hole');
  const messages = groupBy(domain.messages, ({ conversation_id }) => conversation_id);
  for (const { conversation_id: id, last_sequence: last } of domain.conversations) {
    const sequences = (messages.get(id) ?? []).map(({ sequence }) => sequence).sort((a, b) => a - b);
    rule.expect(sequences.every((sequence, at) => sequence === at + 1) && last === sequences.length, () => `${id} has the messages ${sequences.join()} of ${last}`);
  }
  return rule.verdict;
}
