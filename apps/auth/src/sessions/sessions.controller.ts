import { endSession, listSessions, signOut } from '@muster/contracts/auth/routes';
import type { InputOf, OutputOf } from '@muster/contracts/kernel/route';
import type { AuthenticatedPerson } from '@muster/platform/auth/principal';
import { Clock } from '@muster/platform/clock/clock';
import { CONFIG } from '@muster/platform/config/define-config';
import { Caller, Handle, Input } from '@muster/platform/http/handle';
import { Controller, Inject, Res } from '@nestjs/common';
import type { AuthEnv } from '../config';
import { clearRefreshCookie } from './cookies';
import { EndSession } from './end-session';
import type { OutgoingReply } from './exchange';
import { isOver } from './refresh.rules';
import { SessionsRepository } from './sessions.repository';

@Controller()
export class SessionsController {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly ends: EndSession,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: AuthEnv,
  ) {}

  @Handle(signOut)
  async signOut(
    @Input(signOut) _input: InputOf<typeof signOut>,
    @Caller() caller: AuthenticatedPerson,
    @Res({ passthrough: true }) reply: OutgoingReply,
  ): Promise<void> {
    await this.ends.signOutOfSession(caller.personId, caller.sessionId);
    reply.header('set-cookie', clearRefreshCookie());
  }

  @Handle(listSessions)
  async list(@Caller() caller: AuthenticatedPerson): Promise<OutputOf<typeof listSessions>> {
    const now = this.clock.now();
    const rows = await this.sessions.listSessionsOf(caller.personId);
    const items = rows
      .filter((row) => !isOver({ lastUsedAt: row.last_used_at, expiresAt: row.expires_at, endedAt: row.ended_at }, now, this.config.SESSION_IDLE_DAYS))
      .map((row) => ({
        sessionId: row.session_id,
        device: row.device,
        current: row.session_id === caller.sessionId,
        startedAt: row.started_at.toISOString(),
        lastUsedAt: row.last_used_at.toISOString(),
      }));
    return { items };
  }

  @Handle(endSession)
  async end(@Input(endSession) { params }: InputOf<typeof endSession>, @Caller() caller: AuthenticatedPerson): Promise<void> {
    await this.ends.execute(caller.personId, params.sessionId, 'ended_by_owner');
  }
}
