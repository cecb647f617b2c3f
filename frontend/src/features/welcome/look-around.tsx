import Eye from 'lucide-react/icons/eye';
import { useSay } from '../../lib/i18n/text';
import { useTerminal } from '../../lib/session/terminal';
import { ButtonLink } from '../../ui/button';

/** Links that sign in as somebody of the demo; shown only to the person at whose terminal the demo runs. */
export function LookAround() {
  const say = useSay();
  const { guests } = useTerminal();
  return guests.map((guest) => (
    <ButtonLink key={guest} to={`/dev/look-around/${guest}`} wide icon={<Eye aria-hidden className="size-icon" />}>
      {say(`welcome.look_around_${guest}`)}
    </ButtonLink>
  ));
}
