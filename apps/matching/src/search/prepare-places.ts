import { preparePlaces } from '@muster/reference/places';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';

/** Reads the gazetteer while the service starts, in slices: no request waits for a file of half a million letters. */
@Injectable()
export class PreparePlaces implements OnApplicationBootstrap {
  private readonly prepared = preparePlaces();

  onApplicationBootstrap(): Promise<void> {
    return this.prepared;
  }
}
