import type { ConversationId } from '@muster/contracts/communication/ids';
import type { ConversationState } from '@muster/contracts/communication/views';
import type { PersonId } from '@muster/contracts/kernel/ids';
import type { JobId } from '@muster/contracts/matching/ids';

export interface ConversationTables {
  conversations: {
    conversation_id: ConversationId;
    kind: 'direct' | 'job' | 'crew';
    state: ConversationState;
    job_id: JobId | null;
    last_sequence: number;
    created_at: Date;
    updated_at: Date;
  };
  members: { conversation_id: ConversationId; person_id: PersonId; read_up_to: number; updated_at: Date };
}
