// Made by tools/generate/client.ts from the contracts. Do not edit.

/** What a form needs to know of a field before the server does; `*` stands for any index. */
export interface FieldRule {
  required?: true;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  pattern?: string;
  format?: string;
}

export interface Routes {
  /** Give the code in the browser that asked for it; the account becomes active and this device is signed in */
  'auth.confirmSignUp': {
    params: Record<never, never>;
    query: Record<never, never>;
    body: {
      email: string;
      code: string;
    };
    response: {
      accessToken: string;
      expiresAt: string;
      personId: string;
      sessionId: string;
      roles: Array<'worker' | 'contractor' | 'support' | 'admin'>;
    };
    errors: 'auth.code_not_right' | 'auth.ask_for_code_here' | 'platform.not_allowed';
  };
  /** Sign another device of mine out */
  'auth.endSession': {
    params: {
      sessionId: string;
    };
    query: Record<never, never>;
    body: Record<never, never>;
    response: void;
    errors: never;
  };
  /** The devices that are signed in to my account */
  'auth.listSessions': {
    params: Record<never, never>;
    query: Record<never, never>;
    body: Record<never, never>;
    response: {
      items: Array<{
        sessionId: string;
        device: string | null;
        current: boolean;
        startedAt: string;
        lastUsedAt: string;
      }>;
    };
    errors: never;
  };
  /** Sign in as somebody of the demo; only in a browser that has opened the link of the terminal */
  'auth.lookAround': {
    params: Record<never, never>;
    query: Record<never, never>;
    body: {
      as: 'worker' | 'contractor';
    };
    response: {
      accessToken: string;
      expiresAt: string;
      personId: string;
      sessionId: string;
      roles: Array<'worker' | 'contractor' | 'support' | 'admin'>;
    };
    errors: 'platform.not_found' | 'platform.not_allowed';
  };
  /** Wear a hat; the next access token carries it */
  'auth.putOnHat': {
    params: {
      hat: 'worker' | 'contractor';
    };
    query: Record<never, never>;
    body: Record<never, never>;
    response: {
      personId: string;
      email: string;
      dateOfBirth: string;
      locale: 'en' | 'hi';
      roles: Array<'worker' | 'contractor' | 'support' | 'admin'>;
      createdAt: string;
    };
    errors: never;
  };
  /** My account */
  'auth.readAccount': {
    params: Record<never, never>;
    query: Record<never, never>;
    body: Record<never, never>;
    response: {
      personId: string;
      email: string;
      dateOfBirth: string;
      locale: 'en' | 'hi';
      roles: Array<'worker' | 'contractor' | 'support' | 'admin'>;
      createdAt: string;
    };
    errors: never;
  };
  /** Mail that a standalone without a mail provider would have sent; only in a browser that has opened the link of the terminal */
  'auth.readDevOutbox': {
    params: Record<never, never>;
    query: Record<never, never>;
    body: Record<never, never>;
    response: {
      items: Array<{
        to: string;
        subject: string;
        body: string;
        sentAt: string;
      }>;
    };
    errors: 'platform.not_found';
  };
  /** Whether this browser has opened the link of the terminal at which a standalone runs, and what that opens */
  'auth.readTerminal': {
    params: Record<never, never>;
    query: Record<never, never>;
    body: Record<never, never>;
    response: {
      isOpen: boolean;
      keepsMail: boolean;
      guests: Array<'worker' | 'contractor'>;
    };
    errors: never;
  };
  /** Trade the refresh cookie for a new access token; rotates the cookie */
  'auth.refresh': {
    params: Record<never, never>;
    query: Record<never, never>;
    body: {
      attemptId: string;
    };
    response: {
      accessToken: string;
      expiresAt: string;
      personId: string;
      sessionId: string;
      roles: Array<'worker' | 'contractor' | 'support' | 'admin'>;
    };
    errors: 'auth.signed_out' | 'platform.not_allowed';
  };
  /** Sign this device in with e-mail and password */
  'auth.signIn': {
    params: Record<never, never>;
    query: Record<never, never>;
    body: {
      email: string;
      password: string;
    };
    response: {
      accessToken: string;
      expiresAt: string;
      personId: string;
      sessionId: string;
      roles: Array<'worker' | 'contractor' | 'support' | 'admin'>;
    };
    errors: 'auth.credentials_not_right' | 'platform.not_allowed';
  };
  /** End this session */
  'auth.signOut': {
    params: Record<never, never>;
    query: Record<never, never>;
    body: Record<never, never>;
    response: void;
    errors: never;
  };
  /** Ask for an account; always answers the same and sends a code */
  'auth.signUp': {
    params: Record<never, never>;
    query: Record<never, never>;
    body: {
      email: string;
      password: string;
      dateOfBirth: string;
      locale?: 'en' | 'hi';
    };
    response: {
      codeLength: number;
      validForSeconds: number;
    };
    errors: 'auth.under_age' | 'auth.codes_used_up';
  };
  /** Take a hat off; nothing is lost, it only stops being offered */
  'auth.takeOffHat': {
    params: {
      hat: 'worker' | 'contractor';
    };
    query: Record<never, never>;
    body: Record<never, never>;
    response: {
      personId: string;
      email: string;
      dateOfBirth: string;
      locale: 'en' | 'hi';
      roles: Array<'worker' | 'contractor' | 'support' | 'admin'>;
      createdAt: string;
    };
    errors: never;
  };
  /** My conversations, the latest first */
  'communication.listConversations': {
    params: Record<never, never>;
    query: {
      limit?: number;
      cursor?: string;
    };
    body: Record<never, never>;
    response: {
      items: Array<{
        conversationId: string;
        kind: 'direct' | 'job' | 'crew';
        state: 'requested' | 'open' | 'frozen' | 'archived';
        jobId: string | null;
        members: Array<string>;
        lastSequence: number;
        lastMessage: {
          conversationId: string;
          sequence: number;
          clientId: string;
          sender: string;
          text: string;
          sentAt: string;
        } | null;
        readUpTo: number;
        unread: number;
        readBy: Array<{
          personId: string;
          sequence: number;
        }>;
        updatedAt: string;
      }>;
      nextCursor: string | null;
    };
    errors: never;
  };
  /** I have read up to a sequence; never goes back */
  'communication.markRead': {
    params: {
      conversationId: string;
    };
    query: Record<never, never>;
    body: {
      sequence: number;
    };
    response: void;
    errors: 'communication.ahead_of_conversation';
  };
  /** A conversation that I am a member of */
  'communication.readConversation': {
    params: {
      conversationId: string;
    };
    query: Record<never, never>;
    body: Record<never, never>;
    response: {
      conversationId: string;
      kind: 'direct' | 'job' | 'crew';
      state: 'requested' | 'open' | 'frozen' | 'archived';
      jobId: string | null;
      members: Array<string>;
      lastSequence: number;
      lastMessage: {
        conversationId: string;
        sequence: number;
        clientId: string;
        sender: string;
        text: string;
        sentAt: string;
      } | null;
      readUpTo: number;
      unread: number;
      readBy: Array<{
        personId: string;
        sequence: number;
      }>;
      updatedAt: string;
    };
    errors: never;
  };
  /** Messages after a sequence, oldest first, or the last ones before one */
  'communication.readMessages': {
    params: {
      conversationId: string;
    };
    query: {
      after?: number;
      before?: number;
      limit?: number;
    };
    body: Record<never, never>;
    response: {
      items: Array<{
        conversationId: string;
        sequence: number;
        clientId: string;
        sender: string;
        text: string;
        sentAt: string;
      }>;
      lastSequence: number;
    };
    errors: never;
  };
  /** Write to the conversation; the same client id again answers the same message */
  'communication.sendMessage': {
    params: {
      conversationId: string;
    };
    query: Record<never, never>;
    body: {
      clientId: string;
      text: string;
    };
    response: {
      conversationId: string;
      sequence: number;
      clientId: string;
      sender: string;
      text: string;
      sentAt: string;
    };
    errors: 'communication.conversation_closed' | 'communication.client_id_reused';
  };
  /** A ticket of 30 seconds, good once, for the first frame of /ws */
  'communication.takeSocketTicket': {
    params: Record<never, never>;
    query: Record<never, never>;
    body: Record<never, never>;
    response: {
      ticket: string;
      expiresAt: string;
    };
    errors: never;
  };
  /** Take a place of the line */
  'matching.acceptInvite': {
    params: {
      inviteId: string;
    };
    query: Record<never, never>;
    body: Record<never, never>;
    response: {
      inviteId: string;
      jobId: string;
      lineId: string;
      state: 'planned' | 'sent' | 'seen' | 'accepted' | 'declined' | 'expired' | 'withdrawn' | 'superseded';
      contractor: string;
      title: string;
      description: string | null;
      trade: string;
      minimumLevel: number;
      placeName: string;
      placeNameHi: string | null;
      zone: string;
      distanceBand: '<2' | '2-5' | '5-10' | '10-25' | '25-50' | '50+';
      days: Array<string>;
      startsAt: string;
      endsAt: string;
      pay: {
        amount: number;
        currency: 'INR';
        basis: 'hour' | 'day' | 'piece';
      };
      total: {
        amount: number;
        currency: 'INR';
      };
      filled: number;
      count: number;
      sentAt: string;
      expiresAt: string;
      blockedBy: 'booked' | 'begun' | 'full' | 'over' | null;
      calledOff: boolean;
      conversationId: string;
      version: number;
    };
    errors: 'matching.line_full' | 'matching.invite_over' | 'matching.overlapping' | 'matching.job_not_open';
  };
  /** I cannot come: gives the place back; late from 16 hours before the work begins */
  'matching.cancelAssignment': {
    params: {
      assignmentId: string;
    };
    query: Record<never, never>;
    body: {
      reason: 'ill' | 'family' | 'other_work' | 'too_far' | 'other';
    };
    response: {
      assignmentId: string;
      state: 'accepted' | 'confirmed' | 'checked_in' | 'checked_out' | 'completed' | 'cancelled_early' | 'cancelled_late' | 'no_show' | 'replaced';
    };
    errors: 'matching.assignment_over';
  };
  /** Call the job off: everybody who was asked or said yes is told, and nothing counts against them */
  'matching.cancelJob': {
    params: {
      jobId: string;
    };
    query: Record<never, never>;
    body: {
      reason: 'plans_changed' | 'weather' | 'no_material' | 'mistake' | 'other';
    };
    response: {
      jobId: string;
      state: 'draft' | 'open' | 'staffing' | 'staffed' | 'in_progress' | 'completed' | 'closed' | 'cancelled' | 'expired';
      title: string;
      placeId: string;
      placeName: string;
      placeNameHi: string | null;
      zone: string;
      firstDay: string;
      lastDay: string;
      places: number;
      filled: number;
      version: number;
      createdAt: string;
      description: string | null;
      radiusKm: number | null;
      lines: Array<{
        lineId: string;
        trade: string;
        minimumLevel: number;
        count: number;
        filled: number;
        days: Array<string>;
        startsAt: string;
        endsAt: string;
        pay: {
          amount: number;
          currency: 'INR';
          basis: 'hour' | 'day' | 'piece';
        };
        language: 'hi' | 'en' | 'mr' | 'bn' | 'ta' | 'te' | 'kn' | 'gu' | 'pa' | 'or' | 'ml' | 'ur' | 'bho' | 'as' | null;
        slots: Array<{
          slotId: string;
          state: 'open' | 'filled' | 'reopened';
          worker: string | null;
        }>;
        invites: Array<{
          inviteId: string;
          worker: string;
          state: 'planned' | 'sent' | 'seen' | 'accepted' | 'declined' | 'expired' | 'withdrawn' | 'superseded';
          expiresAt: string;
        }>;
      }>;
    };
    errors: 'matching.job_over';
  };
  /** Say no, without having to say why */
  'matching.declineInvite': {
    params: {
      inviteId: string;
    };
    query: Record<never, never>;
    body: Record<never, never>;
    response: {
      inviteId: string;
      jobId: string;
      lineId: string;
      state: 'planned' | 'sent' | 'seen' | 'accepted' | 'declined' | 'expired' | 'withdrawn' | 'superseded';
      contractor: string;
      title: string;
      description: string | null;
      trade: string;
      minimumLevel: number;
      placeName: string;
      placeNameHi: string | null;
      zone: string;
      distanceBand: '<2' | '2-5' | '5-10' | '10-25' | '25-50' | '50+';
      days: Array<string>;
      startsAt: string;
      endsAt: string;
      pay: {
        amount: number;
        currency: 'INR';
        basis: 'hour' | 'day' | 'piece';
      };
      total: {
        amount: number;
        currency: 'INR';
      };
      filled: number;
      count: number;
      sentAt: string;
      expiresAt: string;
      blockedBy: 'booked' | 'begun' | 'full' | 'over' | null;
      calledOff: boolean;
      conversationId: string;
      version: number;
    };
    errors: 'matching.invite_over';
  };
  /** Describe a job; it stays a draft until it is opened */
  'matching.describeJob': {
    params: Record<never, never>;
    query: Record<never, never>;
    body: {
      title: string;
      description?: string | null;
      placeId: string;
      radiusKm?: 2 | 5 | 10 | 25 | 50 | null;
      lines: Array<{
        trade: string;
        minimumLevel: number;
        count: number;
        days: Array<string>;
        startsAt: string;
        endsAt: string;
        pay: {
          amount: number;
          currency: 'INR';
          basis: 'hour' | 'day' | 'piece';
        };
        language?: 'hi' | 'en' | 'mr' | 'bn' | 'ta' | 'te' | 'kn' | 'gu' | 'pa' | 'or' | 'ml' | 'ur' | 'bho' | 'as' | null;
      }>;
    };
    response: {
      jobId: string;
      state: 'draft' | 'open' | 'staffing' | 'staffed' | 'in_progress' | 'completed' | 'closed' | 'cancelled' | 'expired';
      title: string;
      placeId: string;
      placeName: string;
      placeNameHi: string | null;
      zone: string;
      firstDay: string;
      lastDay: string;
      places: number;
      filled: number;
      version: number;
      createdAt: string;
      description: string | null;
      radiusKm: number | null;
      lines: Array<{
        lineId: string;
        trade: string;
        minimumLevel: number;
        count: number;
        filled: number;
        days: Array<string>;
        startsAt: string;
        endsAt: string;
        pay: {
          amount: number;
          currency: 'INR';
          basis: 'hour' | 'day' | 'piece';
        };
        language: 'hi' | 'en' | 'mr' | 'bn' | 'ta' | 'te' | 'kn' | 'gu' | 'pa' | 'or' | 'ml' | 'ur' | 'bho' | 'as' | null;
        slots: Array<{
          slotId: string;
          state: 'open' | 'filled' | 'reopened';
          worker: string | null;
        }>;
        invites: Array<{
          inviteId: string;
          worker: string;
          state: 'planned' | 'sent' | 'seen' | 'accepted' | 'declined' | 'expired' | 'withdrawn' | 'superseded';
          expiresAt: string;
        }>;
      }>;
    };
    errors: 'matching.unknown_place' | 'matching.unknown_trade' | 'matching.day_in_the_past' | 'matching.day_too_far' | 'matching.day_twice' | 'matching.mixed_currencies' | 'matching.name_required' | 'matching.pay_out_of_bounds';
  };
  /** Take a worker out of the crew; nothing counts against them */
  'matching.freeSlot': {
    params: {
      jobId: string;
      slotId: string;
    };
    query: Record<never, never>;
    body: {
      worker: string;
      reason: 'plans_changed' | 'weather' | 'no_material' | 'mistake' | 'other';
    };
    response: {
      jobId: string;
      state: 'draft' | 'open' | 'staffing' | 'staffed' | 'in_progress' | 'completed' | 'closed' | 'cancelled' | 'expired';
      title: string;
      placeId: string;
      placeName: string;
      placeNameHi: string | null;
      zone: string;
      firstDay: string;
      lastDay: string;
      places: number;
      filled: number;
      version: number;
      createdAt: string;
      description: string | null;
      radiusKm: number | null;
      lines: Array<{
        lineId: string;
        trade: string;
        minimumLevel: number;
        count: number;
        filled: number;
        days: Array<string>;
        startsAt: string;
        endsAt: string;
        pay: {
          amount: number;
          currency: 'INR';
          basis: 'hour' | 'day' | 'piece';
        };
        language: 'hi' | 'en' | 'mr' | 'bn' | 'ta' | 'te' | 'kn' | 'gu' | 'pa' | 'or' | 'ml' | 'ur' | 'bho' | 'as' | null;
        slots: Array<{
          slotId: string;
          state: 'open' | 'filled' | 'reopened';
          worker: string | null;
        }>;
        invites: Array<{
          inviteId: string;
          worker: string;
          state: 'planned' | 'sent' | 'seen' | 'accepted' | 'declined' | 'expired' | 'withdrawn' | 'superseded';
          expiresAt: string;
        }>;
      }>;
    };
    errors: 'matching.assignment_over';
  };
  /** The work I have said yes to, the next first */
  'matching.listAssignments': {
    params: Record<never, never>;
    query: {
      limit?: number;
      cursor?: string;
    };
    body: Record<never, never>;
    response: {
      items: Array<{
        assignmentId: string;
        jobId: string;
        lineId: string;
        inviteId: string;
        state: 'accepted' | 'confirmed' | 'checked_in' | 'checked_out' | 'completed' | 'cancelled_early' | 'cancelled_late' | 'no_show' | 'replaced';
        contractor: string;
        title: string;
        description: string | null;
        trade: string;
        placeName: string;
        placeNameHi: string | null;
        zone: string;
        days: Array<string>;
        startsAt: string;
        endsAt: string;
        pay: {
          amount: number;
          currency: 'INR';
          basis: 'hour' | 'day' | 'piece';
        };
        total: {
          amount: number;
          currency: 'INR';
        };
        conversationId: string;
      }>;
      nextCursor: string | null;
    };
    errors: never;
  };
  /** My invites; `open` leaves out the ones that are over */
  'matching.listInvites': {
    params: Record<never, never>;
    query: {
      limit?: number;
      cursor?: string;
      open?: 'true' | 'false';
    };
    body: Record<never, never>;
    response: {
      items: Array<{
        inviteId: string;
        jobId: string;
        lineId: string;
        state: 'planned' | 'sent' | 'seen' | 'accepted' | 'declined' | 'expired' | 'withdrawn' | 'superseded';
        contractor: string;
        title: string;
        description: string | null;
        trade: string;
        minimumLevel: number;
        placeName: string;
        placeNameHi: string | null;
        zone: string;
        distanceBand: '<2' | '2-5' | '5-10' | '10-25' | '25-50' | '50+';
        days: Array<string>;
        startsAt: string;
        endsAt: string;
        pay: {
          amount: number;
          currency: 'INR';
          basis: 'hour' | 'day' | 'piece';
        };
        total: {
          amount: number;
          currency: 'INR';
        };
        filled: number;
        count: number;
        sentAt: string;
        expiresAt: string;
        blockedBy: 'booked' | 'begun' | 'full' | 'over' | null;
        calledOff: boolean;
        conversationId: string;
        version: number;
      }>;
      nextCursor: string | null;
    };
    errors: never;
  };
  /** My jobs, the newest first */
  'matching.listJobs': {
    params: Record<never, never>;
    query: {
      limit?: number;
      cursor?: string;
      state?: 'draft' | 'open' | 'staffing' | 'staffed' | 'in_progress' | 'completed' | 'closed' | 'cancelled' | 'expired';
    };
    body: Record<never, never>;
    response: {
      items: Array<{
        jobId: string;
        state: 'draft' | 'open' | 'staffing' | 'staffed' | 'in_progress' | 'completed' | 'closed' | 'cancelled' | 'expired';
        title: string;
        placeId: string;
        placeName: string;
        placeNameHi: string | null;
        zone: string;
        firstDay: string;
        lastDay: string;
        places: number;
        filled: number;
        version: number;
        createdAt: string;
      }>;
      nextCursor: string | null;
    };
    errors: never;
  };
  /** The invite was on my screen */
  'matching.markInviteSeen': {
    params: {
      inviteId: string;
    };
    query: Record<never, never>;
    body: Record<never, never>;
    response: {
      inviteId: string;
      jobId: string;
      lineId: string;
      state: 'planned' | 'sent' | 'seen' | 'accepted' | 'declined' | 'expired' | 'withdrawn' | 'superseded';
      contractor: string;
      title: string;
      description: string | null;
      trade: string;
      minimumLevel: number;
      placeName: string;
      placeNameHi: string | null;
      zone: string;
      distanceBand: '<2' | '2-5' | '5-10' | '10-25' | '25-50' | '50+';
      days: Array<string>;
      startsAt: string;
      endsAt: string;
      pay: {
        amount: number;
        currency: 'INR';
        basis: 'hour' | 'day' | 'piece';
      };
      total: {
        amount: number;
        currency: 'INR';
      };
      filled: number;
      count: number;
      sentAt: string;
      expiresAt: string;
      blockedBy: 'booked' | 'begun' | 'full' | 'over' | null;
      calledOff: boolean;
      conversationId: string;
      version: number;
    };
    errors: never;
  };
  /** Open a draft: from now on people can be invited; sent again with the same If-Match it answers with the job */
  'matching.openJob': {
    params: {
      jobId: string;
    };
    query: Record<never, never>;
    body: Record<never, never>;
    response: {
      jobId: string;
      state: 'draft' | 'open' | 'staffing' | 'staffed' | 'in_progress' | 'completed' | 'closed' | 'cancelled' | 'expired';
      title: string;
      placeId: string;
      placeName: string;
      placeNameHi: string | null;
      zone: string;
      firstDay: string;
      lastDay: string;
      places: number;
      filled: number;
      version: number;
      createdAt: string;
      description: string | null;
      radiusKm: number | null;
      lines: Array<{
        lineId: string;
        trade: string;
        minimumLevel: number;
        count: number;
        filled: number;
        days: Array<string>;
        startsAt: string;
        endsAt: string;
        pay: {
          amount: number;
          currency: 'INR';
          basis: 'hour' | 'day' | 'piece';
        };
        language: 'hi' | 'en' | 'mr' | 'bn' | 'ta' | 'te' | 'kn' | 'gu' | 'pa' | 'or' | 'ml' | 'ur' | 'bho' | 'as' | null;
        slots: Array<{
          slotId: string;
          state: 'open' | 'filled' | 'reopened';
          worker: string | null;
        }>;
        invites: Array<{
          inviteId: string;
          worker: string;
          state: 'planned' | 'sent' | 'seen' | 'accepted' | 'declined' | 'expired' | 'withdrawn' | 'superseded';
          expiresAt: string;
        }>;
      }>;
    };
    errors: 'matching.job_not_draft' | 'matching.day_in_the_past';
  };
  /** The workers who can come for a line, best first, with the reasons */
  'matching.rankForLine': {
    params: {
      jobId: string;
      lineId: string;
    };
    query: {
      limit?: number;
      cursor?: string;
    };
    body: Record<never, never>;
    response: {
      items: Array<{
        personId: string;
        displayName: string;
        photoId: string | null;
        trade: string;
        level: number;
        sibling: boolean;
        years: number;
        distanceBand: '<2' | '2-5' | '5-10' | '10-25' | '25-50' | '50+';
        dayRate: {
          amount: number;
          currency: 'INR';
        };
        total: number;
        parts: Array<{
          factor: string;
          micro: number;
        }>;
        reasons: Array<{
          key: string;
          params: Record<string, string | number>;
        }>;
      }>;
      matches: number;
      nextCursor: string | null;
    };
    errors: never;
  };
  /** An invite of mine */
  'matching.readInvite': {
    params: {
      inviteId: string;
    };
    query: Record<never, never>;
    body: Record<never, never>;
    response: {
      inviteId: string;
      jobId: string;
      lineId: string;
      state: 'planned' | 'sent' | 'seen' | 'accepted' | 'declined' | 'expired' | 'withdrawn' | 'superseded';
      contractor: string;
      title: string;
      description: string | null;
      trade: string;
      minimumLevel: number;
      placeName: string;
      placeNameHi: string | null;
      zone: string;
      distanceBand: '<2' | '2-5' | '5-10' | '10-25' | '25-50' | '50+';
      days: Array<string>;
      startsAt: string;
      endsAt: string;
      pay: {
        amount: number;
        currency: 'INR';
        basis: 'hour' | 'day' | 'piece';
      };
      total: {
        amount: number;
        currency: 'INR';
      };
      filled: number;
      count: number;
      sentAt: string;
      expiresAt: string;
      blockedBy: 'booked' | 'begun' | 'full' | 'over' | null;
      calledOff: boolean;
      conversationId: string;
      version: number;
    };
    errors: never;
  };
  /** A job of mine with its lines, slots and open invites */
  'matching.readJob': {
    params: {
      jobId: string;
    };
    query: Record<never, never>;
    body: Record<never, never>;
    response: {
      jobId: string;
      state: 'draft' | 'open' | 'staffing' | 'staffed' | 'in_progress' | 'completed' | 'closed' | 'cancelled' | 'expired';
      title: string;
      placeId: string;
      placeName: string;
      placeNameHi: string | null;
      zone: string;
      firstDay: string;
      lastDay: string;
      places: number;
      filled: number;
      version: number;
      createdAt: string;
      description: string | null;
      radiusKm: number | null;
      lines: Array<{
        lineId: string;
        trade: string;
        minimumLevel: number;
        count: number;
        filled: number;
        days: Array<string>;
        startsAt: string;
        endsAt: string;
        pay: {
          amount: number;
          currency: 'INR';
          basis: 'hour' | 'day' | 'piece';
        };
        language: 'hi' | 'en' | 'mr' | 'bn' | 'ta' | 'te' | 'kn' | 'gu' | 'pa' | 'or' | 'ml' | 'ur' | 'bho' | 'as' | null;
        slots: Array<{
          slotId: string;
          state: 'open' | 'filled' | 'reopened';
          worker: string | null;
        }>;
        invites: Array<{
          inviteId: string;
          worker: string;
          state: 'planned' | 'sent' | 'seen' | 'accepted' | 'declined' | 'expired' | 'withdrawn' | 'superseded';
          expiresAt: string;
        }>;
      }>;
    };
    errors: never;
  };
  /** The workers who can come, best first, with the reasons */
  'matching.searchWorkers': {
    params: Record<never, never>;
    query: Record<never, never>;
    body: {
      placeId: string;
      radiusKm?: 2 | 5 | 10 | 25 | 50 | null;
      trade: string;
      minimumLevel: number;
      days: Array<string>;
      pay: {
        amount: number;
        currency: 'INR';
        basis: 'hour' | 'day' | 'piece';
      };
      language?: 'hi' | 'en' | 'mr' | 'bn' | 'ta' | 'te' | 'kn' | 'gu' | 'pa' | 'or' | 'ml' | 'ur' | 'bho' | 'as' | null;
      limit?: number;
      cursor?: string;
    };
    response: {
      items: Array<{
        personId: string;
        displayName: string;
        photoId: string | null;
        trade: string;
        level: number;
        sibling: boolean;
        years: number;
        distanceBand: '<2' | '2-5' | '5-10' | '10-25' | '25-50' | '50+';
        dayRate: {
          amount: number;
          currency: 'INR';
        };
        total: number;
        parts: Array<{
          factor: string;
          micro: number;
        }>;
        reasons: Array<{
          key: string;
          params: Record<string, string | number>;
        }>;
      }>;
      matches: number;
      nextCursor: string | null;
    };
    errors: 'matching.unknown_place' | 'matching.unknown_trade' | 'matching.day_in_the_past' | 'matching.day_too_far' | 'matching.day_twice';
  };
  /** Invite one worker to a line by hand */
  'matching.sendInvite': {
    params: {
      jobId: string;
      lineId: string;
    };
    query: Record<never, never>;
    body: {
      worker: string;
      timeLimitMinutes?: number;
    };
    response: {
      inviteId: string;
    };
    errors: 'matching.job_not_open' | 'matching.line_full' | 'matching.already_invited' | 'matching.ask_again_later' | 'matching.asked_enough' | 'matching.not_a_match' | 'matching.not_available' | 'matching.self_invite';
  };
  /** Take an invite back that has no answer yet */
  'matching.withdrawInvite': {
    params: {
      inviteId: string;
    };
    query: Record<never, never>;
    body: Record<never, never>;
    response: {
      inviteId: string;
      state: "withdrawn";
    };
    errors: 'matching.invite_over';
  };
  /** How many notices I have not seen */
  'notification.countUnseen': {
    params: Record<never, never>;
    query: Record<never, never>;
    body: Record<never, never>;
    response: {
      unseen: number;
    };
    errors: never;
  };
  /** My inbox, the newest first */
  'notification.listNotices': {
    params: Record<never, never>;
    query: {
      limit?: number;
      cursor?: string;
    };
    body: Record<never, never>;
    response: {
      items: Array<{
        noticeId: string;
        topic: 'invite' | 'invite_answered' | 'job' | 'message' | 'account';
        key: string;
        subject: Record<string, string>;
        createdAt: string;
        seenAt: string | null;
      }>;
      nextCursor: string | null;
    };
    errors: never;
  };
  /** Everything in my inbox was seen, up to the newest notice that was shown */
  'notification.markAllSeen': {
    params: Record<never, never>;
    query: Record<never, never>;
    body: {
      upTo: string;
    };
    response: void;
    errors: never;
  };
  /** A notice of mine was seen */
  'notification.markNoticeSeen': {
    params: {
      noticeId: string;
    };
    query: Record<never, never>;
    body: Record<never, never>;
    response: {
      noticeId: string;
      topic: 'invite' | 'invite_answered' | 'job' | 'message' | 'account';
      key: string;
      subject: Record<string, string>;
      createdAt: string;
      seenAt: string | null;
    };
    errors: never;
  };
  /** Which topics reach me on which channels */
  'notification.readPreferences': {
    params: Record<never, never>;
    query: Record<never, never>;
    body: Record<never, never>;
    response: {
      topics: Array<{
        topic: 'invite' | 'invite_answered' | 'job' | 'message' | 'account';
        channels: Array<'inbox' | 'push' | 'email'>;
      }>;
      version: number;
    };
    errors: never;
  };
  /** Choose which topics reach me on which channels */
  'notification.savePreferences': {
    params: Record<never, never>;
    query: Record<never, never>;
    body: {
      topics: Array<{
        topic: 'invite' | 'invite_answered' | 'job' | 'message' | 'account';
        channels: Array<'inbox' | 'push' | 'email'>;
      }>;
    };
    response: {
      topics: Array<{
        topic: 'invite' | 'invite_answered' | 'job' | 'message' | 'account';
        channels: Array<'inbox' | 'push' | 'email'>;
      }>;
      version: number;
    };
    errors: never;
  };
  /** Free right now; ends by itself after 24 hours */
  'user.declareFreeToday': {
    params: Record<never, never>;
    query: Record<never, never>;
    body: Record<never, never>;
    response: {
      weekly: Array<number>;
      exceptions: Array<{
        date: string;
        free: boolean;
      }>;
      freeUntil: string | null;
      booked: Array<string>;
      zone: string;
      updatedAt: string;
      version: number;
    };
    errors: never;
  };
  /** All trades with their names */
  'user.listTrades': {
    params: Record<never, never>;
    query: Record<never, never>;
    body: Record<never, never>;
    response: {
      items: Array<{
        trade: string;
        family: string;
        names: {
          en: string;
          hi: string;
        };
        siblings: Array<string>;
      }>;
    };
    errors: never;
  };
  /** The places around a point, the nearest first */
  'user.placesNear': {
    params: Record<never, never>;
    query: {
      at: string;
      limit?: number;
    };
    body: Record<never, never>;
    response: {
      items: Array<{
        placeId: string;
        name: string;
        nameHi: string | null;
        area: string;
        areaHi: string | null;
        pins: Array<string>;
        zone: string;
      }>;
    };
    errors: never;
  };
  /** My calendar: weekly rule, exceptions, free today, booked days */
  'user.readAvailability': {
    params: Record<never, never>;
    query: Record<never, never>;
    body: Record<never, never>;
    response: {
      weekly: Array<number>;
      exceptions: Array<{
        date: string;
        free: boolean;
      }>;
      freeUntil: string | null;
      booked: Array<string>;
      zone: string;
      updatedAt: string;
      version: number;
    };
    errors: never;
  };
  /** Names and photos of up to 100 people; unknown ones are left out */
  'user.readCards': {
    params: Record<never, never>;
    query: Record<never, never>;
    body: {
      ids: Array<string>;
    };
    response: {
      items: Array<{
        personId: string;
        displayName: string;
        photoId: string | null;
      }>;
    };
    errors: never;
  };
  /** My profile as a contractor */
  'user.readContractorProfile': {
    params: Record<never, never>;
    query: Record<never, never>;
    body: Record<never, never>;
    response: {
      personId: string;
      displayName: string;
      placeId: string | null;
      version: number;
      updatedAt: string;
    };
    errors: 'user.no_profile';
  };
  /** My profile as a worker */
  'user.readWorkerProfile': {
    params: Record<never, never>;
    query: Record<never, never>;
    body: Record<never, never>;
    response: {
      personId: string;
      displayName: string;
      placeId: string;
      travelRadiusKm: number;
      skills: Array<{
        trade: string;
        level: number;
        years: number;
      }>;
      dayRate: {
        amount: number;
        currency: 'INR';
      };
      floorRate: {
        amount: number;
        currency: 'INR';
      } | null;
      languages: Array<'hi' | 'en' | 'mr' | 'bn' | 'ta' | 'te' | 'kn' | 'gu' | 'pa' | 'or' | 'ml' | 'ur' | 'bho' | 'as'>;
      placeName: string;
      version: number;
      updatedAt: string;
    };
    errors: 'user.no_profile';
  };
  /** Write my weekly rule and the dates that differ from it */
  'user.saveAvailability': {
    params: Record<never, never>;
    query: Record<never, never>;
    body: {
      weekly: Array<number>;
      exceptions: Array<{
        date: string;
        free: boolean;
      }>;
    };
    response: {
      weekly: Array<number>;
      exceptions: Array<{
        date: string;
        free: boolean;
      }>;
      freeUntil: string | null;
      booked: Array<string>;
      zone: string;
      updatedAt: string;
      version: number;
    };
    errors: 'user.date_twice' | 'user.date_out_of_reach';
  };
  /** Write my profile as a contractor */
  'user.saveContractorProfile': {
    params: Record<never, never>;
    query: Record<never, never>;
    body: {
      displayName: string;
      placeId?: string | null;
    };
    response: {
      personId: string;
      displayName: string;
      placeId: string | null;
      version: number;
      updatedAt: string;
    };
    errors: 'user.unknown_place';
  };
  /** Write my profile as a worker; with availability it makes me findable */
  'user.saveWorkerProfile': {
    params: Record<never, never>;
    query: Record<never, never>;
    body: {
      displayName: string;
      placeId: string;
      travelRadiusKm: number;
      skills: Array<{
        trade: string;
        level: number;
        years: number;
      }>;
      dayRate: {
        amount: number;
        currency: 'INR';
      };
      floorRate?: {
        amount: number;
        currency: 'INR';
      } | null;
      languages: Array<'hi' | 'en' | 'mr' | 'bn' | 'ta' | 'te' | 'kn' | 'gu' | 'pa' | 'or' | 'ml' | 'ur' | 'bho' | 'as'>;
    };
    response: {
      personId: string;
      displayName: string;
      placeId: string;
      travelRadiusKm: number;
      skills: Array<{
        trade: string;
        level: number;
        years: number;
      }>;
      dayRate: {
        amount: number;
        currency: 'INR';
      };
      floorRate: {
        amount: number;
        currency: 'INR';
      } | null;
      languages: Array<'hi' | 'en' | 'mr' | 'bn' | 'ta' | 'te' | 'kn' | 'gu' | 'pa' | 'or' | 'ml' | 'ur' | 'bho' | 'as'>;
      placeName: string;
      version: number;
      updatedAt: string;
    };
    errors: 'user.unknown_place' | 'user.unknown_trade' | 'user.skill_twice' | 'user.floor_above_ask';
  };
  /** Towns and localities by the beginning of a name, in Latin or Devanagari, or by PIN code */
  'user.searchPlaces': {
    params: Record<never, never>;
    query: {
      q: string;
      limit?: number;
    };
    body: Record<never, never>;
    response: {
      items: Array<{
        placeId: string;
        name: string;
        nameHi: string | null;
        area: string;
        areaHi: string | null;
        pins: Array<string>;
        zone: string;
      }>;
    };
    errors: never;
  };
  /** No longer free today */
  'user.withdrawFreeToday': {
    params: Record<never, never>;
    query: Record<never, never>;
    body: Record<never, never>;
    response: void;
    errors: never;
  };
}

export type RouteId = keyof Routes;

/** [method, path, letters]: i = takes an Idempotency-Key, v = takes If-Match, p = needs no token, b = has a body. */
export const routes: Record<RouteId, readonly [method: string, path: string, traits: string]> = {
  'auth.confirmSignUp': ['POST', '/api/v1/auth/sign-up/confirm', 'pb'],
  'auth.endSession': ['DELETE', '/api/v1/auth/sessions/:sessionId', 'b'],
  'auth.listSessions': ['GET', '/api/v1/auth/sessions', ''],
  'auth.lookAround': ['POST', '/api/v1/auth/dev/look-around', 'pb'],
  'auth.putOnHat': ['PUT', '/api/v1/auth/account/hats/:hat', 'b'],
  'auth.readAccount': ['GET', '/api/v1/auth/account', ''],
  'auth.readDevOutbox': ['GET', '/api/v1/auth/dev/outbox', 'p'],
  'auth.readTerminal': ['GET', '/api/v1/auth/dev/terminal', 'p'],
  'auth.refresh': ['POST', '/api/v1/auth/refresh', 'pb'],
  'auth.signIn': ['POST', '/api/v1/auth/sign-in', 'pb'],
  'auth.signOut': ['POST', '/api/v1/auth/sign-out', 'b'],
  'auth.signUp': ['POST', '/api/v1/auth/sign-up', 'pb'],
  'auth.takeOffHat': ['DELETE', '/api/v1/auth/account/hats/:hat', 'b'],
  'communication.listConversations': ['GET', '/api/v1/communication/conversations', ''],
  'communication.markRead': ['PUT', '/api/v1/communication/conversations/:conversationId/read', 'b'],
  'communication.readConversation': ['GET', '/api/v1/communication/conversations/:conversationId', ''],
  'communication.readMessages': ['GET', '/api/v1/communication/conversations/:conversationId/messages', ''],
  'communication.sendMessage': ['POST', '/api/v1/communication/conversations/:conversationId/messages', 'b'],
  'communication.takeSocketTicket': ['POST', '/api/v1/communication/socket-tickets', 'b'],
  'matching.acceptInvite': ['POST', '/api/v1/matching/invites/:inviteId/accept', 'b'],
  'matching.cancelAssignment': ['POST', '/api/v1/matching/assignments/:assignmentId/cancel', 'b'],
  'matching.cancelJob': ['POST', '/api/v1/matching/jobs/:jobId/cancel', 'b'],
  'matching.declineInvite': ['POST', '/api/v1/matching/invites/:inviteId/decline', 'b'],
  'matching.describeJob': ['POST', '/api/v1/matching/jobs', 'ib'],
  'matching.freeSlot': ['POST', '/api/v1/matching/jobs/:jobId/slots/:slotId/free', 'b'],
  'matching.listAssignments': ['GET', '/api/v1/matching/assignments', ''],
  'matching.listInvites': ['GET', '/api/v1/matching/invites', ''],
  'matching.listJobs': ['GET', '/api/v1/matching/jobs', ''],
  'matching.markInviteSeen': ['POST', '/api/v1/matching/invites/:inviteId/seen', 'b'],
  'matching.openJob': ['POST', '/api/v1/matching/jobs/:jobId/open', 'vb'],
  'matching.rankForLine': ['GET', '/api/v1/matching/jobs/:jobId/lines/:lineId/workers', ''],
  'matching.readInvite': ['GET', '/api/v1/matching/invites/:inviteId', ''],
  'matching.readJob': ['GET', '/api/v1/matching/jobs/:jobId', ''],
  'matching.searchWorkers': ['POST', '/api/v1/matching/search', 'b'],
  'matching.sendInvite': ['POST', '/api/v1/matching/jobs/:jobId/lines/:lineId/invites', 'ib'],
  'matching.withdrawInvite': ['POST', '/api/v1/matching/invites/:inviteId/withdraw', 'b'],
  'notification.countUnseen': ['GET', '/api/v1/notifications/inbox/unseen', ''],
  'notification.listNotices': ['GET', '/api/v1/notifications/inbox', ''],
  'notification.markAllSeen': ['PUT', '/api/v1/notifications/inbox/seen', 'b'],
  'notification.markNoticeSeen': ['PUT', '/api/v1/notifications/inbox/:noticeId/seen', 'b'],
  'notification.readPreferences': ['GET', '/api/v1/notifications/preferences', ''],
  'notification.savePreferences': ['PUT', '/api/v1/notifications/preferences', 'b'],
  'user.declareFreeToday': ['PUT', '/api/v1/users/me/free-today', 'b'],
  'user.listTrades': ['GET', '/api/v1/users/trades', 'p'],
  'user.placesNear': ['GET', '/api/v1/users/places/near', 'p'],
  'user.readAvailability': ['GET', '/api/v1/users/me/availability', ''],
  'user.readCards': ['POST', '/api/v1/users/cards', 'b'],
  'user.readContractorProfile': ['GET', '/api/v1/users/me/contractor-profile', ''],
  'user.readWorkerProfile': ['GET', '/api/v1/users/me/worker-profile', ''],
  'user.saveAvailability': ['PUT', '/api/v1/users/me/availability', 'b'],
  'user.saveContractorProfile': ['PUT', '/api/v1/users/me/contractor-profile', 'b'],
  'user.saveWorkerProfile': ['PUT', '/api/v1/users/me/worker-profile', 'b'],
  'user.searchPlaces': ['GET', '/api/v1/users/places', 'p'],
  'user.withdrawFreeToday': ['DELETE', '/api/v1/users/me/free-today', 'b'],
};

export const authConfirmSignUpFields: Record<string, FieldRule> = {
  'email': { required: true, maxLength: 254, format: "email" },
  'code': { required: true, pattern: "^\\d{6}$" },
};

export const authLookAroundFields: Record<string, FieldRule> = {
  'as': { required: true },
};

export const authRefreshFields: Record<string, FieldRule> = {
  'attemptId': { required: true, format: "uuid" },
};

export const authSignInFields: Record<string, FieldRule> = {
  'email': { required: true, maxLength: 254, format: "email" },
  'password': { required: true, minLength: 1, maxLength: 200 },
};

export const authSignUpFields: Record<string, FieldRule> = {
  'email': { required: true, maxLength: 254, format: "email" },
  'password': { required: true, minLength: 10, maxLength: 200 },
  'dateOfBirth': { required: true, format: "date" },
  'locale': {},
};

export const communicationMarkReadFields: Record<string, FieldRule> = {
  'sequence': { required: true, minimum: 0, maximum: 2147483647 },
};

export const communicationSendMessageFields: Record<string, FieldRule> = {
  'clientId': { required: true, format: "uuid" },
  'text': { required: true, minLength: 1, maxLength: 4000 },
};

export const matchingCancelAssignmentFields: Record<string, FieldRule> = {
  'reason': { required: true },
};

export const matchingCancelJobFields: Record<string, FieldRule> = {
  'reason': { required: true },
};

export const matchingDescribeJobFields: Record<string, FieldRule> = {
  'title': { required: true, minLength: 1, maxLength: 120 },
  'description': { minLength: 1, maxLength: 4000 },
  'placeId': { required: true, pattern: "^[1-9]\\d{0,9}$" },
  'radiusKm': {},
  'lines': { required: true, minLength: 1, maxLength: 12 },
  'lines.*': { required: true },
  'lines.*.trade': { required: true, maxLength: 64, pattern: "^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$" },
  'lines.*.minimumLevel': { required: true, minimum: 1, maximum: 5 },
  'lines.*.count': { required: true, minimum: 1, maximum: 60 },
  'lines.*.days': { required: true, minLength: 1, maxLength: 60 },
  'lines.*.days.*': { required: true, format: "date" },
  'lines.*.startsAt': { required: true, pattern: "^([01]\\d|2[0-3]):[0-5]\\d$" },
  'lines.*.endsAt': { required: true, pattern: "^([01]\\d|2[0-3]):[0-5]\\d$" },
  'lines.*.pay': { required: true },
  'lines.*.pay.amount': { required: true, minimum: 0, maximum: 1000000000 },
  'lines.*.pay.currency': { required: true },
  'lines.*.pay.basis': { required: true },
  'lines.*.language': {},
};

export const matchingFreeSlotFields: Record<string, FieldRule> = {
  'worker': { required: true, format: "uuid" },
  'reason': { required: true },
};

export const matchingSearchWorkersFields: Record<string, FieldRule> = {
  'placeId': { required: true, pattern: "^[1-9]\\d{0,9}$" },
  'radiusKm': {},
  'trade': { required: true, maxLength: 64, pattern: "^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$" },
  'minimumLevel': { required: true, minimum: 1, maximum: 5 },
  'days': { required: true, minLength: 1, maxLength: 60 },
  'days.*': { required: true, format: "date" },
  'pay': { required: true },
  'pay.amount': { required: true, minimum: 0, maximum: 1000000000 },
  'pay.currency': { required: true },
  'pay.basis': { required: true },
  'language': {},
  'limit': { minimum: 1, maximum: 100 },
  'cursor': { minLength: 1, maxLength: 512, pattern: "^[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+$" },
};

export const matchingSendInviteFields: Record<string, FieldRule> = {
  'worker': { required: true, format: "uuid" },
  'timeLimitMinutes': { minimum: 15, maximum: 4320 },
};

export const notificationMarkAllSeenFields: Record<string, FieldRule> = {
  'upTo': { required: true, format: "date-time" },
};

export const notificationSavePreferencesFields: Record<string, FieldRule> = {
  'topics': { required: true, maxLength: 10 },
  'topics.*': { required: true },
  'topics.*.topic': { required: true },
  'topics.*.channels': { required: true, maxLength: 3 },
  'topics.*.channels.*': { required: true },
};

export const userReadCardsFields: Record<string, FieldRule> = {
  'ids': { required: true, minLength: 1, maxLength: 100 },
  'ids.*': { required: true, format: "uuid" },
};

export const userSaveAvailabilityFields: Record<string, FieldRule> = {
  'weekly': { required: true, maxLength: 7 },
  'weekly.*': { required: true, minimum: 1, maximum: 7 },
  'exceptions': { required: true, maxLength: 120 },
  'exceptions.*': { required: true },
  'exceptions.*.date': { required: true, format: "date" },
  'exceptions.*.free': { required: true },
};

export const userSaveContractorProfileFields: Record<string, FieldRule> = {
  'displayName': { required: true, minLength: 1, maxLength: 80 },
  'placeId': { pattern: "^[1-9]\\d{0,9}$" },
};

export const userSaveWorkerProfileFields: Record<string, FieldRule> = {
  'displayName': { required: true, minLength: 1, maxLength: 80 },
  'placeId': { required: true, pattern: "^[1-9]\\d{0,9}$" },
  'travelRadiusKm': { required: true, minimum: 1, maximum: 300 },
  'skills': { required: true, minLength: 1, maxLength: 12 },
  'skills.*': { required: true },
  'skills.*.trade': { required: true, maxLength: 64, pattern: "^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$" },
  'skills.*.level': { required: true, minimum: 1, maximum: 5 },
  'skills.*.years': { required: true, minimum: 0, maximum: 60 },
  'dayRate': { required: true },
  'dayRate.amount': { required: true, minimum: 0, maximum: 1000000000 },
  'dayRate.currency': { required: true },
  'floorRate': {},
  'floorRate.amount': { required: true, minimum: 0, maximum: 1000000000 },
  'floorRate.currency': { required: true },
  'languages': { required: true, minLength: 1, maxLength: 8 },
  'languages.*': { required: true },
};
