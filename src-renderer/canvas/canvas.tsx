import type { Tab } from '../store/workspace';

export function Canvas({ tab }: { readonly tab: Tab }) {
  return <section className="main-canvas">{tab.name}</section>;
}
