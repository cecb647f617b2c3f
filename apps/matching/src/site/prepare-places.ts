import { preparePlaces } from '@muster/reference/places';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';

/** Reads the gazetteer in slices while the service starts, so that no request waits for a file of half a megabyte. */
@Injectable()
export class PreparePlaces implements OnApplicationBootstrap {
  private readonly prepared = preparePlaces();

  onApplicationBootstrap(): Promise<void> {
    return this.prepared;
  }
}
