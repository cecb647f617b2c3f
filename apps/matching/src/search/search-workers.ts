import { Inject, Injectable } from '@nestjs/common';
import type { PersonId } from '@muster/contracts/kernel/ids';
import { amountPerDay } from '@muster/contracts/kernel/money';
import type { InputOf, OutputOf } from '@muster/contracts/kernel/route';
import type { searchWorkers } from '@muster/contracts/matching/jobs.routes';
import { Clock } from '@muster/platform/clock/clock';
import { checkedDays } from '../jobs/job-input.rules';
import { knownPlace, requireTrade } from '../jobs/known-site.rules';
import { LiveIndex } from './live-index';
import { mostPay, rankingView } from './ranking-view.rules';

/** Answers from memory alone: no query, whatever is asked. */
@Injectable()
export class SearchWorkers {
  constructor(
    private readonly live: LiveIndex,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  execute(contractor: PersonId, body: InputOf<typeof searchWorkers>['body']): OutputOf<typeof searchWorkers> {
    const site = knownPlace(body.placeId);
    requireTrade(body.trade, '/body/trade');
    const today = this.clock.today(site.zone);
    const ranking = this.live.search('search', {
      contractorId: contractor,
      site: site.point,
      radiusKm: body.radiusKm,
      trade: body.trade,
      minimumLevel: body.minimumLevel,
      days: checkedDays(body.days, today, '/body/days'),
      payPerDay: mostPay(amountPerDay(body.pay.amount, body.pay.basis)),
      language: body.language,
      limit: body.limit,
      now: this.clock.now().getTime(),
      today,
    });
    return rankingView(ranking, body.pay.currency);
  }
}
