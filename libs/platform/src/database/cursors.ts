import { createHmac, timingSafeEqual } from 'node:crypto';
import { platformErrors } from '@muster/contracts/kernel/problem';
import { AppError } from '../errors/app-error';
import { canonical } from './canonical';

const MAC_BYTES = 16;

/** Signs where a list goes on. A cursor is good for the route and the query that it was given for; `limit` may change. */
export class Cursors {
  constructor(private readonly secret: string) {}

  /** @param position what the next page starts after, JSON, small: a cursor is at most 512 characters */
  sealCursor(routeId: string, query: object, position: unknown): string {
    const payload = Buffer.from(JSON.stringify(position)).toString('base64url');
    return `${payload}.${this.mac(routeId, query, payload).toString('base64url')}`;
  }

  /**
   * The position that was sealed; undefined when there is no cursor, that is on the first page.
   *
   * @throws AppError platformErrors.staleCursor when it is another query's, or nobody's
   */
  openCursor<Position>(routeId: string, query: object, cursor: string): Position;
  openCursor<Position>(routeId: string, query: object, cursor: string | undefined): Position | undefined;
  openCursor<Position>(routeId: string, query: object, cursor: string | undefined): Position | undefined {
    if (cursor === undefined) return undefined;
    const [payload = '', mac = ''] = cursor.split('.');
    const given = Buffer.from(mac, 'base64url');
    const expected = this.mac(routeId, query, payload);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      throw new AppError(platformErrors.staleCursor);
    }
    return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Position;
  }

  /**
   * A page of a list: opens the cursor, reads one row more than is shown to know whether there are more, and seals
   * where the next page starts.
   *
   * @param list.bound what the cursor is good for: the query, and whose list it is
   * @throws AppError platformErrors.staleCursor
   */
  async readPage<Row, Position, Item>(
    list: { routeId: string; bound: object; cursor: string | undefined; limit: number },
    read: (after: Position | undefined, limit: number) => Promise<readonly Row[]>,
    { positionOf, itemOf }: { positionOf: (row: Row) => object | string; itemOf: (row: Row) => Item },
  ): Promise<{ items: Item[]; nextCursor: string | null }> {
    const { routeId, bound, cursor, limit } = list;
    const rows = await read(this.openCursor<Position>(routeId, bound, cursor), limit + 1);
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return { items: shown.map(itemOf), nextCursor: last === undefined ? null : this.sealCursor(routeId, bound, positionOf(last)) };
  }

  private mac(routeId: string, query: object, payload: string): Buffer {
    const { cursor: _cursor, limit: _limit, ...bound } = query as Record<string, unknown>;
    return createHmac('sha256', this.secret)
      .update(`${routeId}\n${canonical(bound)}\n${payload}`)
      .digest()
      .subarray(0, MAC_BYTES);
  }
}
