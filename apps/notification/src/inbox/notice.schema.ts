import type { PersonId, EventId } from '@muster/contracts/kernel/ids';
import type { NoticeId, Topic } from '@muster/contracts/notification/views';

export interface NoticeTables {
  notices: {
    notice_id: NoticeId;
    person_id: PersonId;
    event_id: EventId;
    topic: Topic;
    key: string;
    subject: Record<string, string>;
    collapse: string | null;
    created_at: Date;
    seen_at: Date | null;
  };
}
