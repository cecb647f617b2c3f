import { Handle, Input } from '@muster/platform/http/handle';
import type { InputOf, OutputOf } from '@muster/contracts/kernel/route';
import type { PlaceId, TradeId } from '@muster/contracts/kernel/place';
import type { Zone } from '@muster/contracts/kernel/time';
import { listTrades, searchPlaces } from '@muster/contracts/user/routes';
import { searchPlaces as search } from '@muster/reference/place-search';
import { trades } from '@muster/reference/trades';
import { Controller } from '@nestjs/common';

@Controller()
export class ReferenceDataController {
  @Handle(searchPlaces)
  async places(@Input(searchPlaces) { query }: InputOf<typeof searchPlaces>): Promise<OutputOf<typeof searchPlaces>> {
    const items = search(query.q, query.limit).map((place) => ({
      placeId: place.id as PlaceId,
      name: place.name,
      nameHi: place.nameHi,
      area: place.area,
      zone: place.zone as Zone,
    }));
    return { items };
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
