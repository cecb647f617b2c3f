import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

export interface SmtpSink {
  readonly url: string;
  /** The received mails, each with its headers. */
  readonly mails: readonly string[];
  connections(): number;
  /** Counts the connections that are open at this moment. */
  open(): number;
  close(): Promise<void>;
}

/**
 * How the server treats a connection: it accepts mail like a provider, drops the connection, stays silent, or refuses
 * the address.
 */
type Manner = 'take' | 'drop' | 'hang' | 'refuse address';

/** Starts a server that speaks as much of SMTP as a mail needs. @param mannerOf the manner for the nth connection, from 1 */
export async function startSmtpSink(mannerOf: (nth: number) => Manner = () => 'take'): Promise<SmtpSink> {
  const mails: string[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    connections += 1;
    const manner = mannerOf(connections);
    if (manner === 'drop') socket.destroy();
    else if (manner !== 'hang') converse(socket, manner === 'refuse address', (mail) => mails.push(mail));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, mails, connections: () => connections, open: () => sockets.size, close };
}

function converse(socket: Socket, refusesAddress: boolean, keep: (mail: string) => void): void {
  let mail: string | undefined;
  socket.write('220 sink\r\n');
  socket.on('data', (chunk) => {
    for (const text of chunk.toString().split(/(?<=\r\n)/)) {
      if (mail !== undefined) {
        mail += text;
        if (!mail.endsWith('\r\n.\r\n')) continue;
        keep(mail);
        mail = undefined;
        socket.write('250 kept\r\n');
      } else if (/^DATA/i.test(text)) {
        mail = '';
        socket.write('354 go on\r\n');
      } else if (refusesAddress && /^RCPT/i.test(text)) socket.write('550 no such mailbox\r\n');
      else socket.write(/^QUIT/i.test(text) ? '221 bye\r\n' : '250 ok\r\n');
    }
  });
}
