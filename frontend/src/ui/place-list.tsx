import MapPin from 'lucide-react/icons/map-pin';
import { useFormat } from '../lib/format/use-format';
import { placeAreaOf, placeNameOf, type Place } from './place';
import type { FoundPlaces } from './use-places';

interface PlaceListProps {
  id: string;
  found: FoundPlaces;
  open: boolean;
  active: number;
  onTake: (place: Place) => void;
}

export function PlaceList({ id, found, open, active, onTake }: PlaceListProps) {
  const { say, language } = useFormat();
  const { state, places } = found;
  const words =
    state === 'asking' || state === 'locating' ? say('state.loading') : state === 'trouble' ? say('place.trouble') : state === 'hidden' ? say('place.hidden') : say('place.none');
  return (
    <>
      {open && places.length === 0 && (
        <p role="status" className="rounded-small border border-line bg-surface-raised p-3 text-ink-soft">
          {words}
        </p>
      )}
      <ul id={id} role="listbox" hidden={!open || places.length === 0} className="overflow-hidden rounded-small border border-line bg-surface-raised">
        {open &&
          places.map((place, index) => (
            <li
              key={place.placeId}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === active}
              // Without this the press would take the focus from the field and close the list before the choice is made.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => onTake(place)}
              className={`flex min-h-touch cursor-pointer items-center gap-2 border-b border-line px-3 py-1 last:border-b-0 ${index === active ? 'bg-surface' : ''}`}
            >
              <MapPin aria-hidden className="size-icon shrink-0 text-ink-soft" />
              <span>
                <span className="block font-medium">{placeNameOf(place, language)}</span>
                <span className="block text-14 text-ink-soft">{placeAreaOf(place, language)}</span>
              </span>
            </li>
          ))}
      </ul>
    </>
  );
}
