import LocateFixed from 'lucide-react/icons/locate-fixed';
import MapPin from 'lucide-react/icons/map-pin';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useFormat } from '../lib/format/use-format';
import { Button } from './button';
import { controlClass, type ControlAttributes } from './field';
import { placeLabelOf, placeNameOf, type Place } from './place';
import { PlaceList } from './place-list';
import { usePlaces, type PlaceSources } from './use-places';

interface PlacePickerProps {
  attributes: ControlAttributes;
  chosen: Place | null;
  onChoose: (place: Place | null) => void;
  search: PlaceSources;
}

/**
 * A field for a place: the person types the beginning of its name or a PIN code, or lets the device say where it is, and
 * then chooses from the list.
 */
export function PlacePicker({ attributes, chosen, onChoose, search }: PlacePickerProps) {
  const { say, language } = useFormat();
  const list = useId();
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const found = usePlaces(search, chosen === null ? text.trim() : '');
  const shown = chosen ? placeNameOf(chosen, language) : text;
  useEffect(() => setActive(0), [found.places]);

  const open = found.state !== 'closed' && chosen === null;
  const take = (place: Place) => {
    setText(placeNameOf(place, language));
    onChoose(place);
    found.close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') return found.close();
    if (!open || found.places.length === 0) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setActive((active + step + found.places.length) % found.places.length);
    }
    const place = found.places[active];
    if (event.key === 'Enter' && place) {
      event.preventDefault();
      take(place);
    }
  };

  return (
    <div className="flex flex-col gap-2">
      <input
        ref={field}
        {...attributes}
        role="combobox"
        aria-expanded={open}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={open && found.places[active] ? `${list}-${active}` : undefined}
        autoComplete="off"
        className={controlClass}
        placeholder={say('place.placeholder')}
        value={shown}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setText(event.target.value);
          if (chosen) onChoose(null);
        }}
      />
      {chosen ? (
        <p className="flex min-h-touch items-center gap-2 text-14 font-medium text-good">
          <MapPin aria-hidden className="size-icon shrink-0" />
          {placeLabelOf(chosen, language)}
        </p>
      ) : (
        'geolocation' in navigator && (
          <Button
            busy={found.state === 'locating'}
            icon={<LocateFixed aria-hidden className="size-icon" />}
            onClick={() => {
              setText('');
              found.locate();
              field.current?.focus();
            }}
          >
            {say('place.here')}
          </Button>
        )
      )}
      <PlaceList id={list} found={found} open={open} active={active} onTake={take} />
    </div>
  );
}
