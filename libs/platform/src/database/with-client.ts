import { Client } from 'pg';

/** Does `work` on a connection of its own, outside of any pool: to make databases, or to look at one. */
export async function withClient<Result>(url: string, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
