import { platformErrors } from '@muster/contracts/kernel/problem';
import type { InputOf, OutputOf } from '@muster/contracts/kernel/route';
import { countUnseen, listNotices, markAllSeen, markNoticeSeen } from '@muster/contracts/notification/routes';
import type { AuthenticatedPerson } from '@muster/platform/auth/principal';
import { Clock } from '@muster/platform/clock/clock';
import { Cursors } from '@muster/platform/database/cursors';
import { AppError } from '@muster/platform/errors/app-error';
import { Caller, Handle, Input } from '@muster/platform/http/handle';
import { Controller } from '@nestjs/common';
import { NoticesRepository, type InboxPosition, type Notice } from './notices.repository';

@Controller()
export class InboxController {
  constructor(
    private readonly notices: NoticesRepository,
    private readonly cursors: Cursors,
    private readonly clock: Clock,
  ) {}

  @Handle(listNotices)
  list(
    @Caller() caller: AuthenticatedPerson,
    @Input(listNotices) { query }: InputOf<typeof listNotices>,
  ): Promise<OutputOf<typeof listNotices>> {
    return this.cursors.readPage(
      { routeId: listNotices.id, bound: { person: caller.personId }, cursor: query.cursor, limit: query.limit },
      (after: InboxPosition | undefined, limit) => this.notices.pageOfNotices(caller.personId, after, limit),
      { positionOf: (notice) => [notice.createdAt.toISOString(), notice.noticeId], itemOf: viewOf },
    );
  }

  @Handle(countUnseen)
  async unseen(@Caller() caller: AuthenticatedPerson): Promise<OutputOf<typeof countUnseen>> {
    return { unseen: await this.notices.countUnseenNotices(caller.personId) };
  }

  @Handle(markNoticeSeen)
  async seen(
    @Caller() caller: AuthenticatedPerson,
    @Input(markNoticeSeen) { params }: InputOf<typeof markNoticeSeen>,
  ): Promise<OutputOf<typeof markNoticeSeen>> {
    const notice = await this.notices.markNoticeSeen(caller.personId, params.noticeId, this.clock.now());
    if (!notice) throw new AppError(platformErrors.notFound);
    return viewOf(notice);
  }

  @Handle(markAllSeen)
  async allSeen(@Caller() caller: AuthenticatedPerson, @Input(markAllSeen) { body }: InputOf<typeof markAllSeen>): Promise<void> {
    await this.notices.markAllNoticesSeen(caller.personId, new Date(body.upTo), this.clock.now());
  }
}

function viewOf(notice: Notice): OutputOf<typeof markNoticeSeen> {
  return { ...notice, createdAt: notice.createdAt.toISOString(), seenAt: notice.seenAt?.toISOString() ?? null };
}
