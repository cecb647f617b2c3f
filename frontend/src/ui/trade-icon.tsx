import Blocks from 'lucide-react/icons/blocks';
import BrickWall from 'lucide-react/icons/brick-wall';
import Cable from 'lucide-react/icons/cable';
import Construction from 'lucide-react/icons/construction';
import Droplets from 'lucide-react/icons/droplets';
import Flame from 'lucide-react/icons/flame';
import Forklift from 'lucide-react/icons/forklift';
import Grid2x2 from 'lucide-react/icons/grid-2x2';
import Hammer from 'lucide-react/icons/hammer';
import HardHat from 'lucide-react/icons/hard-hat';
import House from 'lucide-react/icons/house';
import Layers from 'lucide-react/icons/layers';
import PaintRoller from 'lucide-react/icons/paint-roller';
import PanelsTopLeft from 'lucide-react/icons/panels-top-left';
import Shovel from 'lucide-react/icons/shovel';
import Snowflake from 'lucide-react/icons/snowflake';
import Zap from 'lucide-react/icons/zap';
import type { ComponentType, SVGProps } from 'react';

type Icon = ComponentType<SVGProps<SVGSVGElement>>;

/** The picture of each family of trades; a family that is not listed has the helmet. */
const icons: Readonly<Record<string, Icon>> = {
  masonry: BrickWall,
  plastering: Layers,
  concrete: Blocks,
  carpentry: Hammer,
  steel: Flame,
  plumbing: Droplets,
  electrical: Zap,
  'low-voltage': Cable,
  cooling: Snowflake,
  painting: PaintRoller,
  flooring: Grid2x2,
  roofing: House,
  glazing: PanelsTopLeft,
  machines: Forklift,
  groundwork: Shovel,
  site: Construction,
};

export function TradeIcon({ family, large = false }: { family: string; large?: boolean }) {
  const Found = icons[family] ?? HardHat;
  return <Found aria-hidden className={`${large ? 'size-icon-large' : 'size-icon'} shrink-0`} />;
}
