import type { PersonId } from '@muster/contracts/kernel/ids';
import { amountPerDay } from '@muster/contracts/kernel/money';
import type { InputOf, OutputOf } from '@muster/contracts/kernel/route';
import { searchWorkers } from '@muster/contracts/matching/jobs.routes';
import { Metrics } from '@muster/platform/metrics/metrics';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { checkedDays } from '../site/days.rules';
import { radiusKmOf } from '../site/distance.rules';
import { knownPlace, requireTrade } from '../site/known-site.rules';
import { LiveIndex } from './live-index';
import { RankingPages } from './ranking-pages';
import { mostPay, rankingView } from './ranking-view.rules';

/** Answers from memory, without any query to the database. */
@Injectable()
export class SearchWorkers implements OnModuleInit {
  constructor(
    private readonly live: LiveIndex,
    private readonly pages: RankingPages,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    for (const outcome of ['found', 'nobody']) this.metrics.counter('searches').inc({ outcome }, 0);
  }

  execute(contractor: PersonId, body: InputOf<typeof searchWorkers>['body']): OutputOf<typeof searchWorkers> {
    const site = knownPlace(body.placeId);
    requireTrade(body.trade, '/body/trade');
    const asked = { routeId: searchWorkers.id, bound: { ...body, person: contractor }, cursor: body.cursor };
    const begun = this.pages.beginPage(asked, site.zone);
    const ranking = this.live.search('search', {
      contractorId: contractor,
      site: site.point,
      radiusKm: radiusKmOf(body.radiusKm),
      trade: body.trade,
      minimumLevel: body.minimumLevel,
      days: checkedDays(body.days, begun.today, '/body/days'),
      payPerDay: mostPay(amountPerDay(body.pay.amount, body.pay.basis)),
      language: body.language,
      limit: body.limit,
      now: begun.now.getTime(),
      today: begun.today,
      after: begun.after,
    });
    if (body.cursor === undefined) this.metrics.counter('searches').inc({ outcome: ranking.matches > 0 ? 'found' : 'nobody' });
    return rankingView(ranking, body.pay.currency, this.pages.finishPage(asked, begun, ranking));
  }
}
