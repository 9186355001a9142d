import type { Tab } from '../store/workspace';

export function Inspector({ tab }: { readonly tab: Tab }) {
  return <section className="inspector">{tab.name}</section>;
}
