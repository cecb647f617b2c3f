import TriangleAlert from 'lucide-react/icons/triangle-alert';

/** Says what is wrong with the whole form, above its fields; what was typed stays. */
export function FormRefusal({ words }: { words: string | undefined }) {
  if (!words) return null;
  return (
    <p role="alert" data-refusal="" tabIndex={-1} className="flex items-start gap-2 rounded-small border border-bad p-3 font-medium">
      <TriangleAlert aria-hidden className="mt-px size-icon shrink-0 text-bad" />
      <span>{words}</span>
    </p>
  );
}
