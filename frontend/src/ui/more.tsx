import { useSay } from '../lib/i18n/text';
import { Button } from './button';

/** A button that fetches the next page of a list; nothing where there is no further page. */
export function More({ read }: { read: { hasMore: boolean; isReadingMore: boolean; readMore: () => void } }) {
  const say = useSay();
  if (!read.hasMore) return null;
  return (
    <Button wide busy={read.isReadingMore} onClick={read.readMore}>
      {say('list.more')}
    </Button>
  );
}
