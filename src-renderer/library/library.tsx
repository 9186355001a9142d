import type { Tab } from '../store/workspace';

export function Library({ tab }: { readonly tab: Tab }) {
  return <section className="library">{tab.name}</section>;
}
