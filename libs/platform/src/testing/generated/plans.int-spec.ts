import { afterAll, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { DataWorld } from '../data-world';
import { planOf } from './plans';
import { seedTables } from './seeded-tables';
import { formOf } from './statements';

const world = new DataWorld();
afterAll(() => world.close());

const tables = `
  create table trees (tree_id uuid primary key, kind text not null check (kind in ('oak', 'elm')), felled_at timestamptz);
  create table leaves (leaf_id uuid primary key, tree_id uuid not null references trees, seen_at timestamptz not null)`;

it('sees which table a statement reads from end to end, and by which index another finds its rows', async () => {
  const { database } = await world.start({ service: 'user', tables, idle: true });
  const client = new Client({ connectionString: database.migratorUrl });
  await client.connect();
  try {
    const large = await seedTables(client, 20_000);
    expect([...large]).toEqual(expect.arrayContaining(['trees', 'leaves']));
    expect(await planOf(client, 'select * from leaves where tree_id = $1')).toEqual({ scanned: ['leaves'], ways: [] });
    expect(await planOf(client, 'delete from trees where tree_id = $1')).toEqual({ scanned: [], ways: ['trees_pkey'] });
  } finally {
    await client.end();
  }
}, 60_000);

it('knows a statement by its form, however many values it has', () => {
  const two = formOf('insert into trees (a, b) values ($1, $2), ($3, $4)\n  returning a');
  expect(two).toBe(formOf('insert into trees (a, b) values ($1, $2) returning a'));
});
