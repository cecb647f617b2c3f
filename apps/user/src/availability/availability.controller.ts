import type { PersonId } from '@muster/contracts/kernel/ids';
import type { InputOf, OutputOf } from '@muster/contracts/kernel/route';
import { declareFreeToday, readAvailability, saveAvailability, withdrawFreeToday } from '@muster/contracts/user/routes';
import type { AuthenticatedPerson } from '@muster/platform/auth/principal';
import { Clock } from '@muster/platform/clock/clock';
import { Caller, Handle, Input } from '@muster/platform/http/handle';
import { Controller } from '@nestjs/common';
import { ZoneOfWorker } from '../profiles/zone-of-worker';
import { AvailabilityRepository } from './availability.repository';
import { assertAvailability, FREE_TODAY_HOURS, fromToday } from './availability.rules';
import { ChangeAvailability } from './change-availability';

type View = OutputOf<typeof readAvailability>;

@Controller()
export class AvailabilityController {
  constructor(
    private readonly calendars: AvailabilityRepository,
    private readonly change: ChangeAvailability,
    private readonly clock: Clock,
    private readonly zones: ZoneOfWorker,
  ) {}

  @Handle(readAvailability)
  read(@Caller() caller: AuthenticatedPerson): Promise<View> {
    return this.view(caller.personId);
  }

  @Handle(saveAvailability)
  async save(
    @Caller() caller: AuthenticatedPerson,
    @Input(saveAvailability) { body }: InputOf<typeof saveAvailability>,
  ): Promise<View> {
    const zone = await this.zones.zoneOf(caller.personId);
    const today = this.clock.today(zone);
    assertAvailability(body, today);
    const weekly = [...new Set(body.weekly)].sort((a, b) => a - b);
    await this.change.execute(caller.personId, (tx, now) =>
      this.calendars.saveRule(tx, caller.personId, { weekly, exceptions: fromToday(body.exceptions, today) }, now),
    );
    return this.view(caller.personId);
  }

  @Handle(declareFreeToday)
  async freeToday(@Caller() caller: AuthenticatedPerson): Promise<View> {
    const until = new Date(this.clock.now().getTime() + FREE_TODAY_HOURS * 3_600_000);
    await this.setFreeUntil(caller.personId, until);
    return this.view(caller.personId);
  }

  @Handle(withdrawFreeToday)
  async notFreeToday(@Caller() caller: AuthenticatedPerson): Promise<void> {
    await this.setFreeUntil(caller.personId, null);
  }

  private async setFreeUntil(person: PersonId, until: Date | null): Promise<void> {
    await this.change.execute(person, (tx, now) => this.calendars.saveFreeUntil(tx, person, until, now));
  }

  private async view(person: PersonId): Promise<View> {
    const zone = await this.zones.zoneOf(person);
    const now = this.clock.now();
    const today = this.clock.today(zone);
    const [calendar, booked] = await Promise.all([
      this.calendars.findAvailability(person),
      this.calendars.listBookedDays(person, today),
    ]);
    const freeUntil = calendar?.freeUntil && calendar.freeUntil > now ? calendar.freeUntil : null;
    return {
      weekly: calendar?.weekly ?? [],
      exceptions: fromToday(calendar?.exceptions ?? [], today),
      freeUntil: freeUntil?.toISOString() ?? null,
      booked,
      zone,
      updatedAt: (calendar?.updatedAt ?? now).toISOString(),
      version: calendar?.version ?? 0,
    };
  }
}
