import { createContext, useContext } from 'solid-js';
import type { Live } from '../../api/live.ts';

const LiveContext = createContext<Live>();

export const LiveProvider = LiveContext.Provider;

/** The live stream of the organization, on every page behind the door. */
export function useLive(): Live {
  const live = useContext(LiveContext);
  if (live === undefined) throw new Error('useLive is for pages that only those who are signed in see.');
  return live;
}
