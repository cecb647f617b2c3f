import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';

/** The service that gives out sessions provides under this token, in any module, how it knows its own cookie. */
export const SESSION_PROOF = Symbol('SESSION_PROOF');

export interface SessionProof {
  /** The session whose genuine cookie the request shows; null for any other. Costs no more than a MAC. */
  sessionOf(request: Pick<FastifyRequest, 'headers'>): Promise<string | null>;
}

/** Finds the session for which a request of the rate class `refresh` is counted. */
@Injectable()
export class SessionProofs {
  private proof: SessionProof | null | undefined;

  constructor(private readonly modules: ModuleRef) {}

  /** Null for every request of a service that gives out no sessions. */
  async sessionOf(request: FastifyRequest): Promise<string | null> {
    if (this.proof === undefined) this.proof = this.provided();
    return this.proof === null ? null : this.proof.sessionOf(request);
  }

  // Looked up at the first use, when every module of the service is there.
  private provided(): SessionProof | null {
    try {
      return this.modules.get<SessionProof>(SESSION_PROOF, { strict: false });
    } catch {
      return null;
    }
  }
}
