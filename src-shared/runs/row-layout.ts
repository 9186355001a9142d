/** Where the rows of a block lie on disk, for those who choose in which order to read them. */
export interface RowLayout {
  /** The place of each row; absent: its number. */
  readonly places?: Int32Array;
  /** The place at which each piece begins. */
  readonly pieces: Int32Array;
}

export function placeOf({ places }: RowLayout, row: number): number {
  return places ? (places[row] ?? -1) : row;
}

/** Number of the piece that a place lies in. */
export function pieceAt({ pieces }: RowLayout, place: number): number {
  let [low, high] = [0, pieces.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((pieces[middle] ?? 0) <= place) low = middle;
    else high = middle;
  }
  return low;
}
