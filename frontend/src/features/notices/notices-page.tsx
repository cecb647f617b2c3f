import { useEffect } from 'react';
import { Link } from 'wouter';
import type { Answer } from '../../lib/api/client';
import { usePages } from '../../lib/api/pages';
import { shownWhen, useWrite } from '../../lib/api/queries';
import { useFormat } from '../../lib/format/use-format';
import { useWords } from '../../lib/i18n/text';
import { useNames } from '../../lib/people/people';
import { More } from '../../ui/more';
import { Page } from '../../ui/page';
import { EmptyState, Loaded } from '../../ui/states';
import { useVisible } from '../../ui/use-visible';

type Notice = Answer<'notification.listNotices'>['items'][number];

/** Notices about a job that its worker gets, who cannot open the contractor's page of it. */
const toldToWorker: ReadonlySet<string> = new Set(['taken_out_of_crew', 'job_cancelled']);

/** The address of what a notice is about; null where there is none. */
function placeOf({ subject, topic, key }: Notice): string | null {
  if (topic === 'invite' && subject['inviteId']) return `/invites/${subject['inviteId']}`;
  if (topic === 'message' && subject['conversationId']) return `/chats/${subject['conversationId']}`;
  if (toldToWorker.has(key)) return '/work';
  if (subject['jobId']) return `/jobs/${subject['jobId']}`;
  return null;
}

export function NoticesPage() {
  const { say, moment } = useFormat();
  const { sayKnown } = useWords();
  const notices = usePages('notification.listNotices');
  const { mutate: markAll } = useWrite('notification.markAllSeen', { renews: ['notification.countUnseen'] });
  // Only what is shown counts as seen, and only while somebody looks: the newest shown notice is the bound.
  const upTo = notices.data?.some(({ seenAt }) => seenAt === null) ? notices.data[0]?.createdAt : undefined;
  const visible = useVisible();
  useEffect(() => {
    if (upTo !== undefined && visible) markAll({ body: { upTo } });
  }, [upTo, visible, markAll]);
  const nameOf = useNames(notices.data?.flatMap(({ subject }) => subject['person'] ?? []) ?? []);

  return (
    <Page title={say('notices.title')} back="/me">
      <Loaded read={shownWhen(!nameOf.pending, notices)}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState title={say('notices.empty')}>{say('notices.empty_detail')}</EmptyState>
          ) : (
            <ul className="flex flex-col">
              {items.map((notice) => {
                const person = nameOf(notice.subject['person'] ?? '') || say('notices.somebody');
                const words = sayKnown('notice', notice.key, 'notice.other', { person });
                const to = placeOf(notice);
                const row = (
                  <>
                    <span className="block font-medium">{words}</span>
                    <span className="block text-14 text-ink-soft">
                      <time dateTime={notice.createdAt}>{moment(notice.createdAt)}</time>
                      {notice.seenAt === null && <span className="font-bold text-ink"> · {say('notices.new')}</span>}
                    </span>
                  </>
                );
                return (
                  <li key={notice.noticeId} className="border-b border-line">
                    {to ? (
                      <Link href={to} className="block py-3">
                        {row}
                      </Link>
                    ) : (
                      <div className="py-3">{row}</div>
                    )}
                  </li>
                );
              })}
            </ul>
          )
        }
      </Loaded>
      <More read={notices} />
    </Page>
  );
}
