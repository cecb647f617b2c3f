import { Module } from '@nestjs/common';
import { CardLoader } from './card-loader';
import { IndexKeeper } from './index-keeper';
import { IndexReadiness } from './index-readiness';
import { IndexTail } from './index-tail';
import { LiveIndex } from './live-index';
import { PreparePlaces } from './prepare-places';
import { RankingPages } from './ranking-pages';
import { RefreshDocumentWhenWorkerChanges } from './refresh-document-when-worker-changes';
import { SearchWorkers } from './search-workers';
import { SearchController } from './search.controller';
import { WorkerChangesNumberer } from './worker-changes-numberer';
import { WorkerChangesRepository } from './worker-changes.repository';
import { WorkerDocumentsRepository } from './worker-documents.repository';
import { WorkerProjection } from './worker-projection';
import { WorkerSourcesRepository } from './worker-sources.repository';
import { Workers } from './workers';

@Module({
  controllers: [SearchController],
  providers: [
    CardLoader,
    IndexKeeper,
    IndexReadiness,
    IndexTail,
    LiveIndex,
    PreparePlaces,
    RankingPages,
    RefreshDocumentWhenWorkerChanges,
    SearchWorkers,
    WorkerChangesNumberer,
    WorkerChangesRepository,
    WorkerDocumentsRepository,
    WorkerProjection,
    WorkerSourcesRepository,
    Workers,
  ],
  exports: [CardLoader, LiveIndex, RankingPages, Workers],
})
export class SearchModule {}
