import type { Tab } from '../store/workspace';

export function BottomPanel({ tab }: { readonly tab: Tab }) {
  return <section className="bottom-panel">{tab.name}</section>;
}
