import { useFormat } from '../../lib/format/use-format';
import type { Form } from '../../lib/forms/use-form';
import { usePlaceSearch } from '../../lib/people/places';
import { TextInput } from '../../ui/field';
import { FormField, FormGroup } from '../../ui/form';
import { PlacePicker } from '../../ui/place-picker';
import { Chips } from '../../ui/switch';
import type { Draft } from './draft';

const radii = [5, 10, 25, 50, 100];

export function PlaceStep({ form }: { form: Form<Draft> }) {
  const { say, number } = useFormat();
  const searchPlaces = usePlaceSearch();
  return (
    <>
      <FormField form={form} name="place" label={say('profile.place')} hint={say('profile.place_hint')}>
        {(attributes, { value, onChange }) => <PlacePicker attributes={attributes} chosen={value} onChoose={onChange} search={searchPlaces} />}
      </FormField>
      <FormGroup form={form} name="travelRadiusKm" label={say('profile.radius')}>
        {({ value, onChange }) => (
          <Chips one options={radii.map((km) => ({ value: km, label: say('profile.km', { km: number(km) }) }))} selected={new Set([value])} onToggle={onChange} />
        )}
      </FormGroup>
      <FormField form={form} name="dayRate" label={say('profile.rate')} hint={say('profile.rate_hint')}>
        {(attributes, control) => (
          <div className="flex items-center gap-2">
            <span className="text-22 font-bold" aria-hidden>
              ₹
            </span>
            <TextInput {...attributes} {...control} className="figures text-22 font-bold" inputMode="decimal" autoComplete="off" placeholder="900" />
          </div>
        )}
      </FormField>
    </>
  );
}
