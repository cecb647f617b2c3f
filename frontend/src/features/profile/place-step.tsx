import { useFormat } from '../../lib/format/use-format';
import { usePlaceSearch } from '../../lib/people/places';
import { Field, FieldGroup, TextInput } from '../../ui/field';
import { PlacePicker } from '../../ui/place-picker';
import { Chips } from '../../ui/switch';
import type { Draft } from './draft';

const radii = [5, 10, 25, 50, 100];

interface PlaceStepProps {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  faults: { place: string | undefined; rate: string | undefined };
}

export function PlaceStep({ draft, change, faults }: PlaceStepProps) {
  const { say, number } = useFormat();
  const searchPlaces = usePlaceSearch();
  return (
    <>
      <Field label={say('profile.place')} hint={say('profile.place_hint')} error={faults.place}>
        {({ id, ...described }) => (
          <PlacePicker
            id={id}
            chosen={draft.place}
            onChoose={(place) => change({ place })}
            search={searchPlaces}
            invalid={faults.place !== undefined}
            describedBy={described['aria-describedby']}
          />
        )}
      </Field>
      <FieldGroup label={say('profile.radius')}>
        <Chips
          one
          options={radii.map((value) => ({ value, label: say('profile.km', { km: number(value) }) }))}
          selected={new Set([draft.travelRadiusKm])}
          onToggle={(travelRadiusKm) => change({ travelRadiusKm })}
        />
      </FieldGroup>
      <Field label={say('profile.rate')} hint={say('profile.rate_hint')} error={faults.rate}>
        {(attributes) => (
          <div className="flex items-center gap-2">
            <span className="text-22 font-bold" aria-hidden>
              ₹
            </span>
            <TextInput
              {...attributes}
              className="figures text-22 font-bold"
              inputMode="decimal"
              autoComplete="off"
              placeholder="900"
              value={draft.dayRate}
              onChange={(event) => change({ dayRate: event.target.value })}
            />
          </div>
        )}
      </Field>
    </>
  );
}
