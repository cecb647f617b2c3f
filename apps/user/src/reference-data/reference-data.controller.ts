import type { PlaceId, TradeId } from '@muster/contracts/kernel/place';
import type { InputOf, OutputOf } from '@muster/contracts/kernel/route';
import type { Zone } from '@muster/contracts/kernel/time';
import { listTrades, placesNear, searchPlaces } from '@muster/contracts/user/routes';
import { Handle, Input } from '@muster/platform/http/handle';
import { placesNear as near, searchPlaces as search } from '@muster/reference/place-search';
import type { Place } from '@muster/reference/places';
import { trades } from '@muster/reference/trades';
import { Controller } from '@nestjs/common';

type PlaceView = OutputOf<typeof searchPlaces>['items'][number];

@Controller()
export class ReferenceDataController {
  @Handle(searchPlaces)
  async places(@Input(searchPlaces) { query }: InputOf<typeof searchPlaces>): Promise<OutputOf<typeof searchPlaces>> {
    return { items: search(query.q, query.limit).map(viewOf) };
  }

  @Handle(placesNear)
  async around(@Input(placesNear) { query }: InputOf<typeof placesNear>): Promise<OutputOf<typeof placesNear>> {
    const [latitude = 0, longitude = 0] = query.at.split(',').map(Number);
    return { items: near({ latitude, longitude }, query.limit).map(viewOf) };
  }

  @Handle(listTrades)
  async list(): Promise<OutputOf<typeof listTrades>> {
    const items = trades().map((trade) => ({
      trade: trade.id as TradeId,
      family: trade.family,
      names: { en: trade.names.en, hi: trade.names.hi },
      siblings: trade.siblings.map((sibling) => sibling as TradeId),
    }));
    return { items };
  }
}

function viewOf(place: Place): PlaceView {
  return {
    placeId: place.id as PlaceId,
    name: place.name,
    nameHi: place.nameHi,
    area: place.area,
    areaHi: place.areaHi,
    pins: [...place.pins],
    zone: place.zone as Zone,
  };
}
