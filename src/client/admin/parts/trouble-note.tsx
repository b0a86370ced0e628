import { Banner } from '../../ui/banner.tsx';
import { useAdmin } from '../admin.ts';

/** Why something in the frame of the page did not work, on top of the page. */
export function TroubleNote() {
  const words = useAdmin().trouble.value;
  return words === null ? null : <Banner tone="trouble">{words}</Banner>;
}
