import { Agent, request } from 'undici';

/** The text of `/metrics` of all five services of a standalone Muster, from its private socket. @throws Error when it is not answered */
export async function scrape(socketPath: string, accept = 'text/plain'): Promise<string> {
  const dispatcher = new Agent({ connect: { socketPath } });
  const { statusCode, body } = await request('http://muster/auth/metrics', { dispatcher, headers: { accept } });
  const text = await body.text();
  await dispatcher.close();
  if (statusCode !== 200) throw new Error(`/metrics answered ${statusCode}`);
  return text;
}
