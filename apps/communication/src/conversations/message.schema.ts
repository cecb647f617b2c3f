import type { ConversationId, ClientMessageId } from '@muster/contracts/communication/ids';
import type { PersonId } from '@muster/contracts/kernel/ids';

export interface MessageTables {
  messages: {
    conversation_id: ConversationId;
    sequence: number;
    sender: PersonId;
    client_id: ClientMessageId;
    text: string;
    sent_at: Date;
  };
}
