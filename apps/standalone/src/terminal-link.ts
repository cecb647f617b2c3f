import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { holdsTerminalCookie, setTerminalCookie } from '@muster/auth/terminal/terminal-cookie';
import { isAtThisMachine } from '@muster/auth/terminal/terminal.policy';

const PATH = '/dev/open';

interface Door {
  /** The hash of the key that opens the link, compared in a time that reveals nothing about the key. */
  readonly hash: Buffer;
  readonly leadsTo: string;
  readonly once: boolean;
}

/**
 * The links that the terminal prints. By opening one, a browser shows that it belongs to the person at the terminal:
 * the key of the link is exchanged for a cookie by a redirect, so that the key stays out of addresses, histories and
 * logs. Everything is new at each start and kept in memory only.
 */
export class TerminalLink {
  /** The secret with which auth checks the cookie. */
  readonly secret = randomBytes(32).toString('base64url');
  private readonly doors = new Set<Door>();

  constructor(private readonly origin: string) {}

  /** Makes a link that can be opened repeatedly. @param leadsTo a path of the web app */
  linkTo(leadsTo: string): string {
    return this.addDoor({ leadsTo, once: false });
  }

  /** Makes a link that can be opened once. */
  linkOnceTo(leadsTo: string): string {
    return this.addDoor({ leadsTo, once: true });
  }

  /** Answers requests for the links and passes all others to `next`. */
  before(next: RequestListener): RequestListener {
    return (request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
      if (pathname !== PATH) return next(request, response);
      this.open(request, response, searchParams.get('key') ?? '');
    };
  }

  private addDoor({ leadsTo, once }: Omit<Door, 'hash'>): string {
    const key = randomBytes(24).toString('base64url');
    this.doors.add({ hash: hashOf(key), leadsTo, once });
    return `${this.origin}${PATH}?key=${key}`;
  }

  private open(request: IncomingMessage, response: ServerResponse, key: string): void {
    const isHere = isAtThisMachine({ peer: request.socket.remoteAddress, headers: request.headers });
    if (!isHere || request.method !== 'GET') return say(response, 404, 'Not found');
    const hash = hashOf(key);
    const door = [...this.doors].find((each) => timingSafeEqual(each.hash, hash));
    if (!door) {
      // The browser opens a used link again. It has the cookie already, which is all that the link could give.
      if (holdsTerminalCookie(request.headers.cookie, this.secret)) return redirect(response, '/', {});
      return say(response, 404, 'This link was used before, or is of an earlier start of Muster. The terminal shows the present ones.');
    }
    if (door.once) this.doors.delete(door);
    redirect(response, door.leadsTo, { 'set-cookie': setTerminalCookie(this.secret) });
  }
}

const always = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff' };

function redirect(response: ServerResponse, location: string, headers: Record<string, string>): void {
  response.writeHead(303, { ...always, ...headers, location, 'content-length': '0' }).end();
}

function say(response: ServerResponse, status: number, words: string): void {
  response.writeHead(status, { ...always, 'content-type': 'text/plain; charset=utf-8' }).end(`${words}\n`);
}

function hashOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
