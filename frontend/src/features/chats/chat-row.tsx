import { Link } from 'wouter';
import type { Answer } from '../../lib/api/client';
import { useFormat } from '../../lib/format/use-format';
import { Face } from '../../ui/crew-strip';
import { useJobOfChat } from './use-job-of-chat';

interface ChatRowProps {
  conversation: Answer<'communication.listConversations'>['items'][number];
  name: string;
  /** Whether this person wrote the last message. */
  mine: boolean;
  chosen: boolean;
}

/** One conversation in the list: with whom, about which job, the last message, and how many are unread. */
export function ChatRow({ conversation, name, mine, chosen }: ChatRowProps) {
  const { say, shortMoment, number } = useFormat();
  const { job } = useJobOfChat(conversation);
  const { lastMessage, unread } = conversation;
  return (
    <li className="border-b border-line">
      <Link
        href={`/chats/${conversation.conversationId}`}
        aria-current={chosen ? 'page' : undefined}
        className="flex min-h-action items-center gap-3 rounded-small py-3 aria-[current]:bg-surface-raised"
      >
        <Face name={name} />
        <span className="min-w-0 flex-1">
          <span className="flex flex-wrap items-baseline justify-between gap-x-3">
            <span className={`line-clamp-2 min-w-0 ${unread > 0 ? 'font-bold' : 'font-medium'}`}>{name}</span>
            <time className="shrink-0 text-14 text-ink-soft" dateTime={conversation.updatedAt}>
              {shortMoment(conversation.updatedAt)}
            </time>
          </span>
          <span className="block min-h-6 truncate text-14 text-ink-soft">{job && `${job.title} · ${job.days}`}</span>
          <span className="flex items-center justify-between gap-3">
            <span className="line-clamp-1 text-ink-soft" dir="auto">
              {lastMessage ? (mine ? say('chats.mine', { text: lastMessage.text }) : lastMessage.text) : say('chats.nothing_yet')}
            </span>
            {unread > 0 && (
              <span className="figures flex min-w-6 shrink-0 justify-center rounded-round bg-accent px-2 text-14 font-bold text-accent-ink">{number(unread)}</span>
            )}
          </span>
        </span>
      </Link>
    </li>
  );
}
