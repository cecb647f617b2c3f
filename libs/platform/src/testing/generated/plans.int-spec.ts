import { afterAll, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { DataWorld } from '../data-world';
import { unorderedLocks, uniqueKeys } from './locks';
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

it('sees which statement locks several rows in no order of theirs', async () => {
  const keys = new Map([['trees', [{ columns: ['tree_id'], where: null }, { columns: ['kind', 'felled_at'], where: null }, { columns: ['felled_at'], where: "(kind = 'oak'::text)" }]]]);
  const locking = (rest: string) => unorderedLocks(`select * from "trees" where ${rest}`, keys);
  for (const ordered of ['"tree_id" = $ for update', 'kind = $ and felled_at = $ for update', 'tree_id = any($) order by "tree_id" for no key update', 'kind = $ limit 1 for update', 'tree_id = any($) order by tree_id, kind for update', `"kind" = 'oak' and "felled_at" = $ for share`, 'kind = $ for update skip locked']) {
    expect(locking(ordered)).toEqual([]);
  }
  for (const crossing of ['kind = $ for update', '"tree_id" = $ or kind = $ for update', 'kind = $ order by felled_at for no key update', 'kind = $ for share', 'tree_id = any($) order by kind, tree_id for update', 'felled_at = $ for update', `kind = 'elm' and felled_at = $ for update`]) {
    expect(locking(crossing)).toHaveLength(1);
  }
  expect(unorderedLocks('with a as (select 1 from leaves), b as (select 1 from trees where kind = $ for update) select * from a', keys)).toHaveLength(1);
});

it('reads the keys of a table from the database', async () => {
  const { database } = await world.start({ service: 'user', tables: `${tables}; create unique index on trees (kind, felled_at); create unique index on trees (felled_at) where kind = 'oak'; create unique index on trees (lower(kind))`, idle: true });
  const client = new Client({ connectionString: database.migratorUrl });
  await client.connect();
  try {
    expect((await uniqueKeys(client)).get('trees')).toEqual([
      { columns: ['tree_id'], where: null },
      { columns: ['kind', 'felled_at'], where: null },
      { columns: ['felled_at'], where: "(kind = 'oak'::text)" },
    ]);
  } finally {
    await client.end();
  }
});

it('knows a statement by its form, however many values it has', () => {
  const two = formOf('insert into trees (a, b) values ($1, $2), ($3, $4)\n  returning a');
  expect(two).toBe(formOf('insert into trees (a, b) values ($1, $2) returning a'));
});
