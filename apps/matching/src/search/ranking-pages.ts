import { civilDateAt, daysBetween } from '@muster/contracts/kernel/civil-time';
import type { PersonId } from '@muster/contracts/kernel/ids';
import { platformErrors } from '@muster/contracts/kernel/problem';
import type { CivilDate } from '@muster/contracts/kernel/time';
import { Clock } from '@muster/platform/clock/clock';
import { Cursors } from '@muster/platform/database/cursors';
import { AppError } from '@muster/platform/errors/app-error';
import { Injectable } from '@nestjs/common';
import type { RankingPlace, WorkerRanking } from '../ranking/worker-search';

/** The query and the owner of a ranking. A cursor is valid for these only. */
interface Asked {
  readonly routeId: string;
  readonly bound: object;
  readonly cursor: string | undefined;
}

interface Begun {
  /** When the ranking began, and the day at the site then. The days asked for and every score follow from them. */
  readonly now: Date;
  readonly today: CivilDate;
  readonly after: RankingPlace | undefined;
  /** The number of workers shown on earlier pages. */
  readonly shown: number;
}

/** The content of a cursor. */
interface Position {
  /** Epoch milliseconds. */
  readonly begun: number;
  readonly total: number;
  readonly person: PersonId;
  readonly shown: number;
}

/**
 * The number of midnights that a ranking may outlive: the index can rank for the previous day, but not for an earlier
 * one.
 */
const MOST_MIDNIGHTS = 1;

/**
 * Reads rankings page by page. All pages belong to the day on which the first was shown, because at midnight every
 * place of the ranking may change.
 */
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

  /** Returns the cursor of the next page; null after the last one. */
  finishPage({ routeId, bound }: Asked, begun: Begun, { items, matches }: WorkerRanking): string | null {
    const last = items.at(-1);
    const shown = begun.shown + items.length;
    if (!last || shown >= matches) return null;
    const position: Position = { begun: begun.now.getTime(), total: last.total, person: last.personId, shown };
    return this.cursors.sealCursor(routeId, bound, position);
  }
}
