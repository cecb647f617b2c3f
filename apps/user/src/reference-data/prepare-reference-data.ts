import { preparePlaceSearch } from '@muster/reference/place-search';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';

/**
 * Reads and indexes the gazetteer while the service starts, in slices, so that it is there before the first request:
 * that one would otherwise wait for it, and with it everybody whose request comes meanwhile.
 */
@Injectable()
export class PrepareReferenceData implements OnApplicationBootstrap {
  private readonly prepared = preparePlaceSearch();

  onApplicationBootstrap(): Promise<void> {
    return this.prepared;
  }
}
