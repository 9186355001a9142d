import type { Plain } from '../read-json';

/** A whole file as read, before its shape is checked. */
export type RawDocument = { readonly [key: string]: Plain };

/**
 * One step of the file format, in a file of its own named `0002-what-changes.ts`. A step takes the document of the
 * version before it and leaves the number to `migrate`. Params of nodes have upgrades of their own, in their nodes.
 */
export interface Migration {
  /** The version this step leads to. */
  readonly to: number;
  readonly migrate: (document: RawDocument) => RawDocument;
}

/** In order, one line each. Version 1 is the first, so that it needs none. */
export const migrations: readonly Migration[] = [];

export const documentVersion = 1 + migrations.length;

/** Takes a document from the version it was saved in to the newest, one step after the other. */
export function migrate(document: RawDocument, from: number, steps: readonly Migration[] = migrations): RawDocument {
  return steps
    .filter((step) => step.to > from)
    .reduce<RawDocument>((current, step) => ({ ...step.migrate(current), version: step.to }), document);
}
