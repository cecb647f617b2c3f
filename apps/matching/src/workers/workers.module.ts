import { Module } from '@nestjs/common';
import { CardLoader } from './card-loader';
import { HatsOffRepository } from './hats-off.repository';
import { RefreshDocumentWhenWorkerChanges } from './refresh-document-when-worker-changes';
import { WorkerChangesNumberer } from './worker-changes-numberer';
import { WorkerChangesReader } from './worker-changes.reader';
import { WorkerChangesRepository } from './worker-changes.repository';
import { WorkerDocumentsReader } from './worker-documents.reader';
import { WorkerDocumentsRepository } from './worker-documents.repository';
import { WorkerProjection } from './worker-projection';
import { WorkerSourcesRepository } from './worker-sources.repository';
import { Workers } from './workers';

@Module({
  providers: [
    CardLoader,
    HatsOffRepository,
    RefreshDocumentWhenWorkerChanges,
    WorkerChangesNumberer,
    WorkerChangesReader,
    WorkerChangesRepository,
    WorkerDocumentsReader,
    WorkerDocumentsRepository,
    WorkerProjection,
    WorkerSourcesRepository,
    Workers,
  ],
  exports: [CardLoader, WorkerChangesNumberer, WorkerChangesReader, WorkerDocumentsReader, Workers],
})
export class WorkersModule {}
