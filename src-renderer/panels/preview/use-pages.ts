import { useCallback, useRef, useState } from 'react';
import type { AskOf } from '../../../src-shared/ipc';
import type { Preview } from '../../../src-shared/preview';
import { ask } from '../../bridge/bridge';

/** Rows of one page. */
export const pageRows = 200;
/** Pages kept beside the first: what was scrolled past long ago is asked for again. */
const mostPages = 24;

/** A preview that has more rows than travel at once. */
export type Paged = Extract<Preview, { readonly kind: 'table' | 'predictions' }>;

export interface Pages<P extends Paged> {
  /** The page that holds a row and the row's place in it; absent until it has come. */
  readonly at: (row: number) => { readonly page: P; readonly place: number } | undefined;
  /** Fetches what is missing between two rows. */
  readonly show: (from: number, to: number) => void;
}

/** Pages of a preview behind its first, fetched as they come into sight. Another `first` begins anew. */
export function usePages<P extends Paged>(of: AskOf<'document:preview'>, first: P): Pages<P> {
  const [fetched, setFetched] = useState<{ readonly first: P; readonly pages: ReadonlyMap<number, P> }>({
    first,
    pages: new Map(),
  });
  const asked = useRef({ first, offsets: new Set<number>() });
  const fetchPage = useCallback(
    async (offset: number) => {
      const { offsets } = asked.current;
      const page = await ask('document:preview', { ...of, offset, limit: pageRows, statistics: false }).catch(
        () => null,
      );
      if (asked.current.offsets !== offsets) return;
      if (page?.kind !== first.kind) offsets.delete(offset);
      // The same ask with another offset gives the same kind.
      else setFetched((before) => withPage(before, { first, offset, page: page as P, offsets }));
    },
    [of, first],
  );
  const show = useCallback(
    (from: number, to: number) => {
      if (asked.current.first !== first) asked.current = { first, offsets: new Set() };
      const { offsets } = asked.current;
      for (const offset of pagesBetween(from, Math.min(to, first.total - 1))) {
        if (offset === 0 || offsets.has(offset)) continue;
        offsets.add(offset);
        void fetchPage(offset);
      }
    },
    [fetchPage, first],
  );
  const pages = fetched.first === first ? fetched.pages : undefined;
  const at = useCallback(
    (row: number) => {
      const offset = row - (row % pageRows);
      const page = offset === 0 ? first : pages?.get(offset);
      return page && { page, place: row - offset };
    },
    [first, pages],
  );
  return { at, show };
}

/** Offsets of the pages that hold the rows `from` to `to`. */
export function pagesBetween(from: number, to: number): number[] {
  const offsets: number[] = [];
  for (let offset = from - (from % pageRows); offset <= to; offset += pageRows) offsets.push(offset);
  return offsets;
}

interface Fetched<P> {
  readonly first: P;
  readonly pages: ReadonlyMap<number, P>;
}

interface NewPage<P> {
  readonly first: P;
  readonly offset: number;
  readonly page: P;
  /** Of every page that was asked for; those that are dropped leave it. */
  readonly offsets: Set<number>;
}

function withPage<P>(before: Fetched<P>, { first, offset, page, offsets }: NewPage<P>): Fetched<P> {
  const known = before.first === first ? [...before.pages] : [];
  const all = [...known, [offset, page] as const];
  for (const [dropped] of all.slice(0, -mostPages)) offsets.delete(dropped);
  return { first, pages: new Map(all.slice(-mostPages)) };
}
