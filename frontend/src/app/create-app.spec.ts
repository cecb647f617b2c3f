import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createClock } from '../lib/clock/clock';
import type { Granted } from '../lib/session/refresh';
import type { TabMessage } from '../lib/session/session';
import type { DeviceStorage } from '../lib/session/storage';
import { createApp } from './create-app';

const person = '019aa000-0000-7000-8000-000000000001';
const conversationId = '019aa000-0000-7000-8000-0000000000c1';
const TOKEN_MS = 5 * 60_000;

interface Sent {
  path: string;
  authorization: string | null;
  body: Record<string, string>;
}

/** What is behind the network: it grants tokens by its own clock and keeps messages once per client id. */
function server() {
  const parts = { online: true, loseAnswers: 0, refuseRefresh: false, now: Date.parse('2026-11-29T12:00:00Z') };
  const sent: Sent[] = [];
  const messages: string[] = [];
  const seen = new Set<string>();
  let granted = 0;
  const grant = (): Granted => ({
    accessToken: `token ${++granted}`, expiresAt: new Date(parts.now + TOKEN_MS).toISOString(), personId: person, sessionId: person, roles: ['worker'],
  });
  const answer = (status: number, body: unknown) =>
    new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', date: new Date(parts.now).toUTCString() } });
  const fetch = async (input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> => {
    await Promise.resolve();
    if (!parts.online) throw new TypeError('Failed to fetch');
    parts.now += 40;
    const headers = new Headers(init.headers);
    const { pathname: path } = new URL(input as string, 'http://muster.example');
    const body = JSON.parse((init.body as string | undefined) ?? '{}') as Record<string, string>;
    sent.push({ path, authorization: headers.get('authorization'), body });
    if (path.endsWith('/refresh')) return parts.refuseRefresh ? answer(401, { code: 'auth.signed_out' }) : answer(200, grant());
    const { clientId = '', text = '' } = body;
    if (!seen.has(clientId)) messages.push(text);
    seen.add(clientId);
    if (parts.loseAnswers-- > 0) throw new TypeError('Failed to fetch');
    return answer(200, {});
  };
  return { parts, sent, messages, grant, fetch, refreshes: () => sent.filter(({ path }) => path.endsWith('/refresh')).length };
}

/** A browser's storage and locks, shared by its tabs; `fast` is how far its clock is ahead of the server's. */
function browser(net: ReturnType<typeof server>, fast = 0) {
  const stored = new Map<string, string>();
  const foreign: Array<{ tab: number; prefix: string; listener: () => void }> = [];
  const channels: Array<{ tab: number; listener: (message: TabMessage) => void }> = [];
  const queues = new Map<string, Promise<unknown>>();
  let tabs = 0;
  const open = () => {
    const tab = ++tabs;
    const storage: DeviceStorage = {
      read: (name) => stored.get(name) ?? null,
      write: (name, value) => {
        if (value === null) stored.delete(name);
        else stored.set(name, value);
        foreign.filter((one) => one.tab !== tab && name.startsWith(one.prefix)).forEach(({ listener }) => listener());
      },
      clear: (but) => [...stored.keys()].filter((name) => !but.includes(name)).forEach((name) => stored.delete(name)),
      names: (prefix) => [...stored.keys()].filter((name) => name.startsWith(prefix)).sort(),
      onForeignChange: (prefix, listener) => {
        foreign.push({ tab, prefix, listener });
        return () => undefined;
      },
    };
    return createApp({
      storage,
      tab: { read: () => null, write: () => undefined },
      path: '/',
      deviceLanguage: 'en-IN',
      showLanguage: () => undefined,
      fetch: net.fetch,
      clock: createClock({ deviceNow: () => net.parts.now + fast, setTimer: () => 0, clearTimer: () => undefined, onWake: () => () => undefined }),
      tabs: {
        post: (message) => channels.filter((one) => one.tab !== tab).forEach(({ listener }) => listener(message)),
        onMessage: (listener) => void channels.push({ tab, listener }),
      },
      exclusively: (name, work) => {
        const turn = (queues.get(name) ?? Promise.resolve()).then(work, work);
        queues.set(name, turn.catch(() => undefined));
        return turn;
      },
    });
  };
  /** All tabs are gone; what they held in memory with them. */
  const closeAll = () => {
    foreign.length = 0;
    channels.length = 0;
  };
  return { open, closeAll, stored };
}

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['Date', 'queueMicrotask', 'nextTick', 'setImmediate', 'clearImmediate', 'performance'] });
});
afterEach(() => {
  jest.useRealTimers();
});

/** Lets pauses between tries pass until the work is done. */
async function passing<Result>(work: Promise<Result>): Promise<Result> {
  let done = false;
  void work.finally(() => (done = true)).catch(() => undefined);
  while (!done) await jest.advanceTimersByTimeAsync(100);
  return work;
}

async function signedIn(app: ReturnType<ReturnType<typeof browser>['open']>) {
  await app.session.renew();
  return app;
}

describe('a web app made beside another', () => {
  it('shares nothing with it but the surroundings they were given', () => {
    const net = server();
    const [one, other] = [browser(net).open(), browser(net).open()];
    one.session.begin(net.grant());
    one.toasts.toast('Saved');
    one.queries.setQueryData(['matching.listJobs'], []);
    expect(other.session.current()).toEqual({ state: 'signed-out', ended: false });
    expect([other.toasts.all(), other.queries.getQueryData(['matching.listJobs'])]).toEqual([[], undefined]);
  });
});

describe('messages written without network', () => {
  it('arrive once each when two tabs wrote one each, were closed, and are opened again', async () => {
    const net = server();
    const phone = browser(net);
    phone.stored.set('signed-in', person);
    const [one, other] = [await signedIn(phone.open()), await signedIn(phone.open())];
    net.parts.online = false;
    one.outbox.write(conversationId, 'from the first tab');
    other.outbox.write(conversationId, 'from the second tab');
    await passing(Promise.all([one.outbox.flush(), other.outbox.flush()]));
    phone.closeAll();

    net.parts.online = true;
    const again = [await signedIn(phone.open()), await signedIn(phone.open())];
    await passing(Promise.all(again.map(({ outbox }) => outbox.flush())));
    expect([...net.messages].sort()).toEqual(['from the first tab', 'from the second tab']);
    expect(net.sent.filter(({ body }) => 'clientId' in body)).toHaveLength(2);
    expect(again.map(({ outbox }) => outbox.all())).toEqual([[], []]);
  });

  it('are there once when the answer was lost and the same message goes out again', async () => {
    const net = server();
    const app = browser(net).open();
    app.session.begin(net.grant());
    net.parts.loseAnswers = 2;
    app.outbox.write(conversationId, 'once');
    await passing(app.outbox.flush());
    expect(app.outbox.all()).toHaveLength(1);
    await passing(app.outbox.flush());
    expect([net.messages, app.outbox.all()]).toEqual([['once'], []]);
  });

  it('go out when they are written in the very moment the ones before have gone', async () => {
    const net = server();
    const app = browser(net).open();
    app.session.begin(net.grant());
    app.outbox.write(conversationId, '0');
    for (let count = 1; count <= 30; count += 1) {
      let steps = count;
      while (steps-- > 0) await Promise.resolve();
      app.outbox.write(conversationId, String(count));
    }
    await passing(app.outbox.flush());
    expect(net.messages).toEqual(Array.from({ length: 31 }, (_, index) => String(index)));
  });

  it('are shown in the other tab too, and taken off there when they have gone', async () => {
    const net = server();
    const phone = browser(net);
    const [one, other] = [phone.open(), phone.open()];
    one.session.begin(net.grant());
    net.parts.online = false;
    one.outbox.write(conversationId, 'hello');
    expect(other.outbox.all().map(({ text }) => text)).toEqual(['hello']);
    net.parts.online = true;
    await passing(one.outbox.flush());
    await passing(one.outbox.flush());
    expect(other.outbox.all()).toEqual([]);
  });
});

describe('a token', () => {
  it.each([['ten minutes fast', 600_000], ['ten minutes slow', -600_000], ['right', 0]])('is renewed at most twice in 25 messages on a phone that is %s', async (_, fast) => {
    const net = server();
    const phone = browser(net, fast);
    phone.stored.set('signed-in', person);
    const app = await signedIn(phone.open());
    for (let count = 0; count < 25; count += 1) app.outbox.write(conversationId, `message ${count}`);
    await passing(app.outbox.flush());
    expect(net.messages).toHaveLength(25);
    expect(net.refreshes()).toBeLessThanOrEqual(2);
  });
});

describe('a session', () => {
  it('that was ended elsewhere says so in every tab and keeps what was not sent', async () => {
    const net = server();
    const phone = browser(net);
    const [one, other] = [phone.open(), phone.open()];
    one.session.begin(net.grant());
    net.parts.online = false;
    one.outbox.write(conversationId, 'later');
    await passing(one.outbox.flush());
    net.parts.online = true;
    net.parts.refuseRefresh = true;
    await expect(one.session.renewToken('token 1')).rejects.toThrow();
    expect([one, other].map(({ session }) => session.current())).toEqual([{ state: 'signed-out', ended: true }, { state: 'signed-out', ended: true }]);
    expect(one.outbox.all().map(({ text }) => text)).toEqual(['later']);
  });

  it('that the person ends is not said to have been ended elsewhere, though the socket hears of it before the answer', async () => {
    const net = server();
    const app = browser(net).open();
    app.session.begin(net.grant());
    app.storage.write('draft.job', '{}');
    net.parts.refuseRefresh = true;
    const states: unknown[] = [];
    app.session.subscribe(() => states.push(app.session.current()));
    await app.session.leave(() => app.session.renewToken('token 1'));
    expect(states).toEqual([{ state: 'signed-out', ended: false }]);
    expect(app.storage.read('draft.job')).toBeNull();
  });

  it('that the person ends takes everything along but how the device speaks and looks', () => {
    const net = server();
    const phone = browser(net);
    const app = phone.open();
    app.session.begin(net.grant());
    app.storage.write('language', 'hi');
    app.storage.write('draft.job', '{}');
    net.parts.online = false;
    app.outbox.write(conversationId, 'never sent');
    app.session.end();
    expect([...phone.stored.keys()]).toEqual(['language']);
    expect(app.outbox.all()).toEqual([]);
  });
});
