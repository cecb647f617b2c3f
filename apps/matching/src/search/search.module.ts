import { Module } from '@nestjs/common';
import { WorkersModule } from '../workers/workers.module';
import { IndexKeeper } from './index-keeper';
import { IndexReadiness } from './index-readiness';
import { IndexTail } from './index-tail';
import { LiveIndex } from './live-index';
import { RankingPages } from './ranking-pages';
import { SearchWorkers } from './search-workers';
import { SearchController } from './search.controller';

@Module({
  imports: [WorkersModule],
  controllers: [SearchController],
  providers: [IndexKeeper, IndexReadiness, IndexTail, LiveIndex, RankingPages, SearchWorkers],
  exports: [LiveIndex, RankingPages],
})
export class SearchModule {}
