import MessageCircle from 'lucide-react/icons/message-circle';
import type { ReactNode } from 'react';
import { usePages } from '../../lib/api/pages';
import { shownWhen } from '../../lib/api/queries';
import { useFormat } from '../../lib/format/use-format';
import { useNames } from '../../lib/people/people';
import { useMe } from '../../lib/session/use-session';
import { More } from '../../ui/more';
import { Page } from '../../ui/page';
import { EmptyState, Loaded } from '../../ui/states';
import { ChatRow } from './chat-row';
import { Conversation } from './conversation-page';

/** The list of conversations; on a wide screen the chosen conversation stands beside the list. */
export function ChatsPage({ conversationId }: { conversationId?: string }) {
  if (conversationId === undefined) {
    return (
      <ChatsTitle>
        <ChatsList />
      </ChatsTitle>
    );
  }
  return (
    <div className="wide:list-and-detail wide:grid">
      <aside className="no-scrollbar hidden h-dvh overflow-y-auto border-e border-line wide:sticky wide:top-0 wide:block">
        <ChatsTitle as="div">
          <ChatsList chosen={conversationId} />
        </ChatsTitle>
      </aside>
      <Conversation key={conversationId} conversationId={conversationId} />
    </div>
  );
}

function ChatsTitle({ children, as = 'page' }: { children: ReactNode; as?: 'page' | 'div' }) {
  const { say } = useFormat();
  if (as === 'page') return <Page title={say('chats.title')}>{children}</Page>;
  return (
    <div className="p-4">
      <p className="pb-4 text-22 font-bold">{say('chats.title')}</p>
      {children}
    </div>
  );
}

function ChatsList({ chosen }: { chosen?: string }) {
  const { say } = useFormat();
  const { personId } = useMe();
  const conversations = usePages('communication.listConversations');
  const others = (members: readonly string[]) => members.filter((member) => member !== personId);
  const nameOf = useNames(conversations.data?.flatMap(({ members }) => others(members)) ?? []);
  return (
    <>
      {/* With the names, whose length decides how high a row is. */}
      <Loaded read={shownWhen(!nameOf.pending, conversations)}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState title={say('chats.none')} icon={<MessageCircle aria-hidden className="size-icon-large" />}>
              {say('chats.none_detail')}
            </EmptyState>
          ) : (
            <ul className="flex flex-col">
              {items.map((conversation) => (
                <ChatRow
                  key={conversation.conversationId}
                  conversation={conversation}
                  name={others(conversation.members).map(nameOf).filter(Boolean).join(', ') || say('chats.somebody')}
                  mine={conversation.lastMessage?.sender === personId}
                  chosen={conversation.conversationId === chosen}
                />
              ))}
            </ul>
          )
        }
      </Loaded>
      <More read={conversations} />
    </>
  );
}
