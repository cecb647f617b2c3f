import { describe, expect, it } from '@jest/globals';
import { serviceNames } from '@muster/contracts/kernel/ids';
import type { ReceivedSpan } from '@muster/platform/testing/otlp-sink';
import { Headers } from 'undici';
import { brokerSeen, findOneTrace } from './evidence';
import { cookieFaults } from './facade';

describe('cookies', () => {
  const walked = (...cookies: string[]) => ({
    traceId: '', steps: 1,
    seen: [{ route: 'auth.refresh', status: 200, body: {}, headers: new Headers(cookies.map((cookie): [string, string] => ['set-cookie', cookie])) }],
  });
  const attributes = 'Path=/; HttpOnly; Secure; SameSite=Strict';

  it('are sound when only this host sets them, over TLS, for no script', () => {
    expect(cookieFaults(walked(`__Host-a=1; ${attributes}`))).toEqual({ cookies: 1, faults: [] });
  });

  it.each([
    [`__Host-a=1; ${attributes.replace('Secure; ', '')}`, /Secure/],
    [`__Host-a=1; ${attributes.replace('HttpOnly; ', '')}`, /HttpOnly/],
    [`__Host-a=1; ${attributes.replace('Strict', 'Lax')}`, /SameSite/],
    [`a=1; ${attributes}`, /__Host-/],
    [`__Host-a=1; Domain=example.org; ${attributes}`, /Domain/],
  ])('are refused: %s', (cookie, fault) => {
    expect(cookieFaults(walked(cookie)).faults.join()).toMatch(fault);
  });

  it('are missed when none is set', () => {
    expect(cookieFaults(walked()).faults).toEqual(['no cookie was set at all']);
  });
});

describe('the broker', () => {
  const stream = (name: string, messages: number, delivered = 1) => ({
    name, state: { messages }, consumer_detail: [{ name: 'matching', delivered: { consumer_seq: delivered }, num_ack_pending: 0, num_pending: 0 }],
  });
  const said = (...streams: unknown[]) => JSON.stringify({ account_details: [{ stream_detail: streams }] });

  it('is content when it carried events of all', () => {
    expect(brokerSeen(said(...serviceNames.map((name) => stream(`muster-${name}`, 3)))).faults).toEqual([]);
  });

  it('is found idle behind a product that works without it', () => {
    expect(brokerSeen(said()).faults).toHaveLength(serviceNames.length);
    expect(brokerSeen(said(...serviceNames.map((name) => stream(`muster-${name}`, 3, name === 'auth' ? 0 : 1)))).faults).toEqual([
      'the broker delivered nothing of muster-auth to matching',
    ]);
  });
});

describe('the one trace', () => {
  let ids = 0;
  const span = (service: string, kind: number, parent?: ReceivedSpan): ReceivedSpan => ({
    service, kind, traceId: 't', spanId: String((ids += 1)), parentSpanId: parent?.spanId ?? 'walker', name: '', attributes: {},
  });
  /** A request of one service whose fact another consumes. */
  const crossing = (from: string, to: string): ReceivedSpan[] => {
    const request = span(from, 2);
    const sent = span(from, 4, request);
    return [request, sent, span(to, 5, sent)];
  };
  const whole = [
    ['auth', 'matching'], ['user', 'matching'], ['matching', 'user'], ['matching', 'communication'], ['matching', 'notification'], ['communication', 'notification'],
  ].flatMap(([from, to]) => crossing(from as string, to as string));

  it('is whole when all services are in it and facts crossed the broker', () => {
    expect(findOneTrace(whole, 't').faults).toEqual([]);
  });

  it('is not whole without a service, without a link, or in another trace', () => {
    expect(findOneTrace(whole.filter(({ service }) => service !== 'notification'), 't').faults.join()).toMatch(/notification has no span/);
    expect(findOneTrace(whole.filter(({ kind }) => kind !== 4), 't').faults.join()).toMatch(/beginnings/);
    expect(findOneTrace(whole, 'another').faults).toHaveLength(serviceNames.length + 6);
  });
});
