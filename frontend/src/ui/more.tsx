import { useSay } from '../lib/i18n/text';
import { Button } from './button';

/** The rest of a list that did not fit into its first page. */
export function More({ read }: { read: { hasMore: boolean; isReadingMore: boolean; readMore: () => void } }) {
  const say = useSay();
  if (!read.hasMore) return null;
  return (
    <Button wide busy={read.isReadingMore} onClick={read.readMore}>
      {say('list.more')}
    </Button>
  );
}
