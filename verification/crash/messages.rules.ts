import { conclusions } from './history';
import { Rule, groupBy, same, type Evidence, type Verdict } from './verdict';
import type { MessageView } from './views';

export function checkMessages(evidence: Evidence): Verdict[] {
  return [once(evidence), order(evidence)];
}

function readersOf({ views }: Evidence): Map<string, Array<{ personId: string; lastSequence: number; messages: readonly MessageView[] }>> {
  const readings = views.flatMap(({ personId, conversations }) => conversations.map((one) => ({ personId, ...one })));
  return groupBy(readings, ({ conversationId }) => conversationId);
}

/** Acknowledged: once for each reader, with the sequence that was answered. Never attempted: nowhere. */
function once(evidence: Evidence): Verdict {
  const rule = new Rule('every message exactly once');
  const sent = evidence.history.filter(({ op }) => op === 'sendMessage');
  const attempted = new Map(sent.map((attempt) => [attempt.key, attempt.about['text']]));
  for (const [conversationId, readers] of readersOf(evidence)) {
    for (const { personId, messages } of readers) {
      for (const [clientId, copies] of groupBy(messages, (message) => message.clientId)) {
        rule.expect(copies.length === 1, () => `${clientId} is ${copies.length} times in ${conversationId} of ${personId}`);
        rule.expect(attempted.get(clientId) === copies[0]?.text, () => `${clientId} in ${conversationId} is not what anybody wrote`);
      }
    }
  }
  const readings = readersOf(evidence);
  for (const { outcome, about, answer, key } of conclusions(sent)) {
    if (outcome !== 'ok') continue;
    const readers = readings.get(String(about['conversationId'])) ?? [];
    const found = readers.filter(({ messages }) => messages.some((message) => message.clientId === key && message.sequence === answer?.['sequence']));
    rule.expect(found.length === 2, () => `message ${key} with sequence ${String(answer?.['sequence'])} is there for ${found.length} of 2 readers`);
  }
  return rule.verdict;
}

function order(evidence: Evidence): Verdict {
  const rule = new Rule('message order is one, its sequence has no hole');
  for (const [conversationId, readers] of readersOf(evidence)) {
    for (const { personId, messages, lastSequence } of readers) {
      const sequences = messages.map(({ sequence }) => sequence);
      rule.expect(sequences.every((sequence, at) => sequence === at + 1) && lastSequence === sequences.length, () => `${personId} reads ${conversationId} as ${sequences.join()} of ${lastSequence}`);
    }
    const [first, ...others] = readers.map(({ messages }) => messages.map(({ clientId }) => clientId));
    rule.expect(others.length === 1 && others.every((other) => same(other, first)), () => `the readers of ${conversationId} see different orders`);
  }
  return rule.verdict;
}
