import { preparePlaceSearch } from '@muster/reference/place-search';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';

/**
 * Reads and indexes the gazetteer in slices while the service starts. Otherwise the first request, and all requests
 * during it, would wait for that.
 */
@Injectable()
export class PrepareReferenceData implements OnApplicationBootstrap {
  private readonly prepared = preparePlaceSearch();

  onApplicationBootstrap(): Promise<void> {
    return this.prepared;
  }
}
