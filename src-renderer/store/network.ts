import { create } from 'zustand';
import type { NetworkTalk } from '../../src-shared/window-data';

/** Who is talked to beyond this machine now; empty: nothing leaves it. */
export const useNetwork = create<{ readonly talks: readonly NetworkTalk[] }>(() => ({ talks: [] }));
