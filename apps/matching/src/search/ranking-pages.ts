import { civilDateAt, daysBetween } from '@muster/contracts/kernel/civil-time';
import type { PersonId } from '@muster/contracts/kernel/ids';
import { platformErrors } from '@muster/contracts/kernel/problem';
import type { CivilDate } from '@muster/contracts/kernel/time';
import { Clock } from '@muster/platform/clock/clock';
import { Cursors } from '@muster/platform/database/cursors';
import { AppError } from '@muster/platform/errors/app-error';
import { Injectable } from '@nestjs/common';
import type { RankingPlace, WorkerRanking } from './worker-search';

/** What a ranking is of, and whose: a cursor is good for nothing else. */
interface Asked {
  readonly routeId: string;
  readonly bound: object;
  readonly cursor: string | undefined;
}

interface Begun {
  /** When the ranking began, and the site's day then: which days are asked for and every score follow from them. */
  readonly now: Date;
  readonly today: CivilDate;
  readonly after: RankingPlace | undefined;
  /** How many were shown before. */
  readonly shown: number;
}

/** What a cursor carries. */
interface Position {
  /** Epoch milliseconds. */
  readonly begun: number;
  readonly total: number;
  readonly person: PersonId;
  readonly shown: number;
}

/** How many midnights a ranking may outlive: the index can rank by the day before, not by any earlier one. */
const MOST_MIDNIGHTS = 1;

/** Rankings page by page. All pages are of the day on which the first was shown: at midnight every place would change. */
@Injectable()
export class RankingPages {
  constructor(
    private readonly cursors: Cursors,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError platform.stale_cursor */
  beginPage({ routeId, bound, cursor }: Asked, zone: string): Begun {
    const now = this.clock.now();
    const today = civilDateAt(now.getTime(), zone);
    const position = this.cursors.openCursor<Position>(routeId, bound, cursor);
    if (!position) return { now, today, after: undefined, shown: 0 };
    const { begun, total, person, shown } = position;
    const day = civilDateAt(begun, zone);
    if (daysBetween(day, today) > MOST_MIDNIGHTS) throw new AppError(platformErrors.staleCursor);
    return { now: new Date(begun), today: day, after: { total, personId: person }, shown };
  }

  /** Where the next page begins; null behind the last. */
  finishPage({ routeId, bound }: Asked, begun: Begun, { items, matches }: WorkerRanking): string | null {
    const last = items.at(-1);
    const shown = begun.shown + items.length;
    if (!last || shown >= matches) return null;
    const position: Position = { begun: begun.now.getTime(), total: last.total, person: last.personId, shown };
    return this.cursors.sealCursor(routeId, bound, position);
  }
}
