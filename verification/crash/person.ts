import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

/** Where Muster is, and whether. */
export interface Place {
  readonly address: string;
  /** Of a browser at this machine that has opened the terminal's link of the present start. */
  terminalCookie(): Promise<string>;
  untilUp(): Promise<void>;
}

const PASSWORD = 'a long enough password';
const TOKEN_MS = 150_000;
const ATTEMPT_MS = 10_000;
const PATIENCE_MS = 180_000;

export interface Reply {
  readonly status: number;
  readonly body: Record<string, unknown>;
  /** Not a problem document although it should be one. */
  readonly malformed: boolean;
}

/** Somebody with a browser: an address, cookies, a token that is refreshed in time. */
export class Person {
  personId = '';
  private cookies = new Map<string, string>();
  private token = '';
  private tokenAt = 0;

  private constructor(
    private readonly product: Place,
    readonly email: string,
    readonly hat: 'worker' | 'contractor',
  ) {}

  /** For requests that go another way than {@link ask}. */
  get bearer(): string {
    return `Bearer ${this.token}`;
  }

  /** Through the form, the code in the outbox and the hat. */
  static async signUp(product: Place, email: string, hat: 'worker' | 'contractor'): Promise<Person> {
    const person = new Person(product, email, hat);
    await person.must('POST', '/auth/sign-up', { email, password: PASSWORD, dateOfBirth: '1990-05-17' });
    const signedIn = await person.must('POST', '/auth/sign-up/confirm', { email, code: await person.code() });
    person.take(signedIn);
    await person.must('PUT', `/auth/account/hats/${hat}`, {});
    await person.refresh(); // the next token carries the hat
    return person;
  }

  /** One request. Undefined when nothing came back. */
  async ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply | undefined> {
    if (this.token && Date.now() - this.tokenAt > TOKEN_MS && !path.startsWith('/auth/')) await this.refresh();
    try {
      const response = await fetch(`${this.product.address}/api/v1${path}`, {
        method,
        signal: AbortSignal.timeout(ATTEMPT_MS),
        headers: {
          origin: this.product.address,
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(this.cookies.size > 0 && path.startsWith('/auth/') && { cookie: [...this.cookies].map((pair) => pair.join('=')).join('; ') }),
          ...(this.token && { authorization: `Bearer ${this.token}` }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      for (const cookie of response.headers.getSetCookie()) this.keep(cookie);
      const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json') ?? false;
      return { status: response.status, body: parse(text), malformed: response.status >= 400 && !isProblem };
    } catch {
      return undefined; // refused, reset, cut off, too late: whether it happened nobody knows
    }
  }

  /** Asks until there is an answer, whatever happens to Muster meanwhile. @throws Error for a refusal */
  async must(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end; ) {
      const reply = await this.ask(method, path, body);
      if (reply && reply.status < 400) return reply.body;
      if (reply && reply.status < 500 && reply.status !== 429) throw new Error(`${method} ${path} for ${this.email}: ${reply.status} ${JSON.stringify(reply.body)}`);
      await Promise.all([this.product.untilUp(), sleep(50)]);
    }
    throw new Error(`${method} ${path} was not answered for ${PATIENCE_MS} ms`);
  }

  /** One attempt id until it succeeds: a lost answer is asked for again and is no alarm. */
  async refresh(): Promise<void> {
    this.take(await this.must('POST', '/auth/refresh', { attemptId: randomUUID() }));
  }

  private take(signedIn: Record<string, unknown>): void {
    this.token = String(signedIn['accessToken']);
    this.personId = String(signedIn['personId']);
    this.tokenAt = Date.now();
  }

  private keep(cookie: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    this.cookies.set(name, value);
  }

  private async code(): Promise<string> {
    for (const end = Date.now() + 20_000; Date.now() < end; await sleep(50)) {
      this.keep(await this.product.terminalCookie());
      const { items } = (await this.must('GET', '/auth/dev/outbox')) as { items: Array<{ to: string; subject: string; body: string }> };
      const mail = items.find(({ to }) => to === this.email);
      const code = mail && /\b\d{6}\b/.exec(`${mail.subject} ${mail.body}`)?.[0];
      if (code) return code;
    }
    throw new Error(`no code came for ${this.email}`);
  }
}

function parse(text: string): Record<string, unknown> {
  try {
    return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
  } catch {
    return { text };
  }
}
