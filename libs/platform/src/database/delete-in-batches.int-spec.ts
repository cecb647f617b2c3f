import { afterAll, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { DataWorld } from '../testing/data-world';
import { deleteInBatches } from './delete-in-batches';

const world = new DataWorld();
afterAll(() => world.close());

it('deletes all that the condition names, however many, and leaves what somebody holds', async () => {
  const { db } = await world.start({ service: 'user', tables: 'create table leaves (id integer primary key, fallen boolean not null)', idle: true });
  await sql`insert into leaves select n, n <= 2500 from generate_series(1, 2600) n`.execute(db.query());
  await db.transaction(async (tx) => {
    await sql`select from leaves where id = 7 for update`.execute(tx);
    expect(await deleteInBatches(db, 'leaves', sql`fallen`)).toBe(2499);
  });
  const { rows } = await sql<{ id: number }>`select id from leaves where fallen or id = 2600 order by id`.execute(db.query());
  expect(rows.map(({ id }) => id)).toEqual([7, 2600]);
  expect(await deleteInBatches(db, 'leaves', sql`fallen`)).toBe(1);
});
