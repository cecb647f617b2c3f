import type { Hat } from '@muster/contracts/auth/views';
import { Injectable } from '@nestjs/common';

/**
 * The demo accounts as which the person at the terminal may look around. There are none unless the process that runs
 * Muster names them.
 */
@Injectable()
export class Guests {
  private emails: ReadonlyMap<Hat, string> = new Map();

  /** @param emails of the demo's accounts, by the hat that they wear */
  inviteGuests(emails: ReadonlyMap<Hat, string>): void {
    this.emails = emails;
  }

  get hats(): Hat[] {
    return [...this.emails.keys()];
  }

  emailOf(hat: Hat): string | undefined {
    return this.emails.get(hat);
  }
}
