import fuzzysort from 'fuzzysort';
import { pinyin } from 'pinyin-pro';
import { nodes } from '../../src-shared/nodes/catalog';
import type { NodeDefinition } from '../../src-shared/nodes/define-node';
import { groupOf, nodeGroups } from '../../src-shared/nodes/groups';

interface Entry {
  readonly definition: NodeDefinition;
  readonly title: string;
  readonly about: string;
}

let entries: readonly Entry[] | undefined;

/** Titles in both languages with the sounds of the Chinese one, so that `jh`, `jihuo` and 激活 find the same. */
function searchable(): readonly Entry[] {
  entries ??= nodes.map((definition) => {
    const { title, summary, kind } = definition;
    const group = nodeGroups.find(({ id }) => id === groupOf(kind))?.title;
    return {
      definition,
      title: [title.en, title.zh, sounds(title.zh), kind.split('.')[1] ?? ''].join(' '),
      about: [summary.en, summary.zh, group?.en, group?.zh].join(' '),
    };
  });
  return entries;
}

function sounds(text: string): string {
  const syllables = pinyin(text, { toneType: 'none', type: 'array', nonZh: 'removed' });
  return `${syllables.join('')} ${syllables.map((syllable) => syllable[0] ?? '').join('')}`;
}

/** Nodes that a text finds in either language, best first; all in their order where there is no text. */
export function searchNodes(query: string): readonly NodeDefinition[] {
  const text = query.normalize('NFKC').trim();
  if (text === '') return nodes;
  const found = fuzzysort.go(text, searchable(), { keys: ['title', 'about'], threshold: 0.3 });
  const literal = searchable().filter(({ about }) => about.toLowerCase().includes(text.toLowerCase()));
  return [...new Set([...found.map(({ obj }) => obj), ...literal])].map(({ definition }) => definition);
}
