import { createContext, type ReactNode, useContext } from 'react';
import { createPortal } from 'react-dom';

/** The free end of the panel's bar. */
export const BarSlot = createContext<HTMLElement | null>(null);

/** What a tab has to set, shown in the panel's bar so that its content keeps the height. */
export function BarTools({ children }: { readonly children: ReactNode }) {
  const slot = useContext(BarSlot);
  return slot ? createPortal(children, slot) : null;
}
