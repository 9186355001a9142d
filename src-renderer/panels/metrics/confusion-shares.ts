/** Share of each cell in its row: of the rows with this truth, how many were taken for each class. */
export function rowShares(confusion: readonly (readonly number[])[]): number[][] {
  return confusion.map((row) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return row.map((count) => (total === 0 ? 0 : count / total));
  });
}

export interface ShownClasses {
  /** Places of the classes that are shown, in order. */
  readonly places: readonly number[];
  readonly isPart: boolean;
}

/** All classes, or those that are most often wrong where there are too many to see. */
export function shownClasses(confusion: readonly (readonly number[])[], most: number): ShownClasses {
  const places = confusion.map((_, place) => place);
  if (places.length <= most) return { places, isPart: false };
  const wrong = places.map((place) => mistakesOf(confusion, place));
  const worst = [...places].sort((a, b) => (wrong[b] ?? 0) - (wrong[a] ?? 0) || a - b).slice(0, most);
  return { places: worst.sort((a, b) => a - b), isPart: true };
}

/** Rows of the class that were missed, and rows that were wrongly taken for it. */
function mistakesOf(confusion: readonly (readonly number[])[], place: number): number {
  return confusion.reduce((sum, row, truth) => {
    const missed = truth === place ? row.reduce((all, count) => all + count, 0) - (row[place] ?? 0) : 0;
    return sum + missed + (truth === place ? 0 : (row[place] ?? 0));
  }, 0);
}
