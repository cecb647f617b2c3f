import MapPin from 'lucide-react/icons/map-pin';
import { useEffect, useId, useState, type KeyboardEvent } from 'react';
import { useSay } from '../lib/i18n/text';
import { controlClass } from './field';

export interface Place {
  placeId: string;
  name: string;
  area: string;
}
interface PlacePickerProps {
  id: string;
  chosen: Place | null;
  onChoose: (place: Place | null) => void;
  /** Places by the beginning of a name, in any script the gazetteer knows. */
  search: (text: string, signal: AbortSignal) => Promise<readonly Place[]>;
  invalid?: boolean;
  describedBy?: string | undefined;
}

/** Type the beginning, take one from the list. */
export function PlacePicker({ id, chosen, onChoose, search, invalid, describedBy }: PlacePickerProps) {
  const say = useSay();
  const list = useId();
  const [text, setText] = useState(chosen?.name ?? '');
  const [found, setFound] = useState<{ places: readonly Place[]; trouble: boolean } | null>(null);
  const [active, setActive] = useState(0);
  const asked = chosen === null ? text.trim() : '';

  useEffect(() => {
    if (chosen) setText(chosen.name);
  }, [chosen]);
  useEffect(() => {
    if (asked === '') return setFound(null);
    const aborter = new AbortController();
    const timer = setTimeout(() => {
      search(asked, aborter.signal).then(
        (places) => {
          setActive(0);
          setFound({ places, trouble: false });
        },
        () => !aborter.signal.aborted && setFound({ places: [], trouble: true }),
      );
    }, 150);
    return () => {
      clearTimeout(timer);
      aborter.abort();
    };
  }, [asked, search]);

  const open = found !== null && chosen === null;
  const take = (place: Place) => {
    onChoose(place);
    setFound(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!found || found.places.length === 0) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setActive((active + step + found.places.length) % found.places.length);
    }
    const place = found.places[active];
    if (event.key === 'Enter' && open && place) {
      event.preventDefault();
      take(place);
    }
    if (event.key === 'Escape') setFound(null);
  };

  return (
    <div className="flex flex-col gap-1">
      <input
        id={id}
        role="combobox"
        aria-expanded={open}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={open && found.places[active] ? `${list}-${active}` : undefined}
        aria-invalid={invalid || undefined}
        aria-describedby={describedBy}
        autoComplete="off"
        className={controlClass}
        placeholder={say('place.placeholder')}
        value={text}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setText(event.target.value);
          if (chosen) onChoose(null);
        }}
      />
      {chosen && (
        <p className="flex items-center gap-2 text-14 font-medium text-good">
          <MapPin aria-hidden className="size-icon" />
          {chosen.area ? `${chosen.name}, ${chosen.area}` : chosen.name}
        </p>
      )}
      <ul id={list} role="listbox" hidden={!open} className="overflow-hidden rounded-small border border-line bg-surface-raised">
        {open && found.places.length === 0 && <li className="p-3 text-ink-soft">{say(found.trouble ? 'place.trouble' : 'place.none')}</li>}
        {open &&
          found.places.map((place, index) => (
            <li
              key={place.placeId}
              id={`${list}-${index}`}
              role="option"
              aria-selected={index === active}
              // Pressing must not take the focus from the field before the choice is made.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => take(place)}
              className={`flex min-h-touch cursor-pointer items-center gap-2 border-b border-line px-3 py-1 last:border-b-0 ${index === active ? 'bg-surface' : ''}`}
            >
              <MapPin aria-hidden className="size-icon shrink-0 text-ink-soft" />
              <span>
                <span className="block font-medium">{place.name}</span>
                <span className="block text-14 text-ink-soft">{place.area}</span>
              </span>
            </li>
          ))}
      </ul>
    </div>
  );
}
